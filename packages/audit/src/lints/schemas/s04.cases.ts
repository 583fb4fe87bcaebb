import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'S04',
  positive: [{ sql: `CREATE EXTENSION citext SCHEMA api`, object: `citext` }],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `CREATE SCHEMA extensions; CREATE EXTENSION citext SCHEMA extensions` }],
}
