import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R16',
  positive: [{ sql: ``, object: `anon`, role: 'anon' }],
  negative: [{ sql: `ALTER ROLE anon SET statement_timeout = '5s'` }],
  nearMiss: [{ sql: `ALTER ROLE authenticator SET statement_timeout = '10s'` }],
}
