import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R18',
  positive: [
    { sql: `CREATE ROLE team; GRANT team TO app_user WITH ADMIN OPTION`, object: `app_user`, role: 'app_user' },
    { sql: `ALTER ROLE anon CREATEROLE`, object: `anon`, role: 'anon' },
  ],
  negative: [{ sql: `CREATE ROLE team; GRANT team TO app_user` }],
  nearMiss: [{ sql: `CREATE ROLE lead; CREATE ROLE team; GRANT team TO lead WITH ADMIN OPTION` }],
}
