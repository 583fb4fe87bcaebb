import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R20',
  positive: [
    { sql: ``, object: `authenticator` },
    { sql: `ALTER ROLE authenticator CONNECTION LIMIT 50 VALID UNTIL '2020-01-01'`, object: `authenticator` },
  ],
  negative: [{ sql: `ALTER ROLE authenticator CONNECTION LIMIT 50` }],
  nearMiss: [{ sql: `ALTER ROLE authenticator CONNECTION LIMIT 50; ALTER ROLE anon VALID UNTIL '2020-01-01'` }],
}
