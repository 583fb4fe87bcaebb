import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N09',
  positive: [
    {
      sql: `CREATE TABLE api.p (id int PRIMARY KEY); CREATE TABLE api.c (id int, p_id int REFERENCES api.p ON DELETE CASCADE); GRANT SELECT, DELETE ON api.p TO app_user;`,
      object: `api.p`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.p (id int PRIMARY KEY); CREATE TABLE api.c (id int, p_id int REFERENCES api.p ON DELETE CASCADE); GRANT SELECT ON api.p TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.p (id int PRIMARY KEY); CREATE TABLE api.c (id int, p_id int REFERENCES api.p ON DELETE CASCADE); GRANT SELECT, DELETE ON api.p TO app_user; GRANT SELECT, DELETE ON api.c TO app_user;`,
    },
  ],
}
