import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R19',
  positive: [{ sql: `CREATE ROLE "Anon"; GRANT "Anon" TO authenticator`, object: `"Anon"`, role: 'Anon' }],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `CREATE ROLE "Other"` }],
}
