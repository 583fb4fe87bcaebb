import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G16',
  positive: [
    {
      sql: `GRANT EXECUTE ON FUNCTION pg_read_file(text) TO app_user`,
      object: `pg_catalog.pg_read_file(text)`,
      role: 'app_user',
    },
  ],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `GRANT EXECUTE ON FUNCTION pg_sleep(double precision) TO app_user` }],
}
