import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'V08',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t; CREATE RULE r AS ON INSERT TO api.v DO INSTEAD INSERT INTO api.t VALUES (NEW.id); GRANT SELECT, INSERT ON api.v TO app_user;`,
      object: `api.v`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t; CREATE RULE r AS ON INSERT TO api.v DO INSTEAD INSERT INTO api.t VALUES (NEW.id) RETURNING id; GRANT SELECT, INSERT ON api.v TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text, password text); CREATE VIEW api.v  AS SELECT id FROM api.t; CREATE RULE r AS ON INSERT TO api.v DO INSTEAD INSERT INTO api.t VALUES (NEW.id); GRANT SELECT ON api.v TO app_user;`,
    },
  ],
}
