import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N43',
  positive: [
    { sql: `ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA api GRANT ALL ON TABLES TO app_user`, object: `owner` },
  ],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA api GRANT SELECT ON TABLES TO app_user` }],
}
