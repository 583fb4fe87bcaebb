import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R09',
  positive: [{ sql: 'GRANT pg_read_all_data TO app_user', object: 'pg_read_all_data', role: 'pg_read_all_data' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE ROLE backup; GRANT pg_read_all_data TO backup' }],
}
