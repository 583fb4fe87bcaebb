import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J16',
  positive: [{ sql: '', server: { dbAggregatesEnabled: true }, object: 'db-aggregates-enabled' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [
    {
      sql: `ALTER ROLE anon SET statement_timeout = '2s'; ALTER ROLE app_user SET statement_timeout = '5s'`,
      server: { dbAggregatesEnabled: true },
    },
  ],
}
