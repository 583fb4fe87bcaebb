import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G15',
  positive: [{ sql: `GRANT SELECT ON pg_authid TO anon`, object: `pg_catalog.pg_authid`, role: 'anon' }],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `GRANT SELECT ON pg_roles TO anon` }],
}
