import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G12',
  positive: [
    {
      sql: `CREATE SCHEMA p; CREATE TYPE p.color AS ENUM ('red'); CREATE TABLE api.t (id int, c p.color); GRANT SELECT, INSERT ON api.t TO app_user;`,
      object: `p`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE SCHEMA p; CREATE TYPE p.color AS ENUM ('red'); CREATE TABLE api.t (id int, c p.color);GRANT USAGE ON SCHEMA p TO app_user; GRANT SELECT, INSERT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE SCHEMA p; CREATE TYPE p.color AS ENUM ('red'); CREATE TABLE api.t (id int, c p.color); GRANT SELECT, INSERT (id) ON api.t TO app_user;`,
    },
  ],
}
