import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R21',
  positive: [
    { sql: `ALTER ROLE authenticator PASSWORD 'md5a3556571e93b0d20722ba62be61e8c2d'`, object: `authenticator` },
  ],
  negative: [{ sql: `ALTER ROLE authenticator PASSWORD 'secret'` }],
  nearMiss: [{ sql: `ALTER ROLE authenticator PASSWORD 'md5 is what this password begins with'` }],
}
