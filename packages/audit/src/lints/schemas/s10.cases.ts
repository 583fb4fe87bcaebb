import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S10',
  positive: [
    { sql: `ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA api GRANT SELECT ON TABLES TO anon`, object: `owner` },
  ],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA api GRANT SELECT ON TABLES TO app_user` }],
}
