import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G17',
  positive: [
    { sql: `CREATE SEQUENCE api.s; GRANT UPDATE ON SEQUENCE api.s TO app_user`, object: `api.s`, role: 'app_user' },
  ],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `CREATE SEQUENCE api.s; GRANT USAGE, SELECT ON SEQUENCE api.s TO app_user` }],
}
