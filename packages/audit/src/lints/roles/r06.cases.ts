import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R06',
  positive: [{ sql: 'CREATE ROLE boss SUPERUSER; GRANT boss TO app_user', object: 'boss', role: 'boss' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE ROLE boss SUPERUSER; GRANT app_user TO boss' }],
}
