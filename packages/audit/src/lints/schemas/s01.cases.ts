import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S01',
  positive: [
    { sql: `GRANT CREATE ON SCHEMA api TO app_user`, object: `api`, role: 'app_user' },
    { sql: `GRANT CREATE ON SCHEMA api TO PUBLIC`, object: `api`, role: 'anon' },
  ],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `CREATE SCHEMA scratch; GRANT CREATE ON SCHEMA scratch TO app_user` }],
}
