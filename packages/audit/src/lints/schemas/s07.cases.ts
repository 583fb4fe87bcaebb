import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S07',
  positive: [{ sql: ``, object: `postgres` }],
  negative: [{ sql: `REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC` }],
  nearMiss: [
    {
      sql: `REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC; CREATE ROLE etl; GRANT TEMPORARY ON DATABASE postgres TO etl`,
    },
  ],
}
