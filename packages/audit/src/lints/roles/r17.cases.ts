import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R17',
  positive: [
    {
      sql: `DO $$ BEGIN FOR n IN 1..3001 LOOP EXECUTE format('CREATE ROLE u%s; GRANT u%s TO authenticator', n, n); END LOOP; END $$`,
      object: `authenticator`,
    },
  ],
  negative: [{ sql: `` }],
  nearMiss: [
    {
      sql: `DO $$ BEGIN FOR n IN 1..100 LOOP EXECUTE format('CREATE ROLE u%s; GRANT u%s TO authenticator', n, n); END LOOP; END $$`,
    },
  ],
}
