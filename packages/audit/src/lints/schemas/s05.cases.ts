import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S05',
  positive: [{ sql: `CREATE EXTENSION pgcrypto SCHEMA api`, object: `pgcrypto` }],
  negative: [{ sql: `CREATE EXTENSION pgcrypto SCHEMA public` }],
  nearMiss: [
    { sql: `CREATE EXTENSION pgcrypto SCHEMA api; REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA api FROM PUBLIC` },
  ],
}
