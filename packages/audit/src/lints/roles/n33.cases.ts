import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N33',
  positive: [{ sql: `ALTER ROLE app_user SET row_security = off`, object: `app_user`, role: 'app_user' }],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `ALTER ROLE app_user SET statement_timeout = '1s'` }],
}
