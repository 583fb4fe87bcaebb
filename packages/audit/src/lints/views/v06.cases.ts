import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V06',
  positive: [
    {
      sql: `CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;CREATE FOREIGN TABLE api.f (id int) SERVER s; GRANT SELECT ON api.f TO app_user`,
      object: `api.f`,
    },
    {
      sql: `CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'x')`,
      object: `s`,
    },
  ],
  negative: [
    {
      sql: `CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;CREATE FOREIGN TABLE api.f (id int) SERVER s`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;CREATE USER MAPPING FOR owner SERVER s OPTIONS (password 'x')`,
    },
  ],
}
