import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N32',
  positive: [{ sql: `CREATE EXTENSION dblink SCHEMA public`, object: `dblink` }],
  negative: [{ sql: `` }],
  nearMiss: [
    { sql: `CREATE EXTENSION dblink SCHEMA public; REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC` },
  ],
}
