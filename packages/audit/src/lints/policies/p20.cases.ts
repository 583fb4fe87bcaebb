import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P20',
  positive: [
    {
      sql: `CREATE TABLE api.t (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), tenant_id text, slug text UNIQUE); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; GRANT SELECT, INSERT ON api.t TO app_user;`,
      object: `api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), tenant_id text, slug text, UNIQUE (tenant_id, slug)); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; GRANT SELECT, INSERT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int PRIMARY KEY, slug text UNIQUE); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; GRANT SELECT, INSERT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; GRANT SELECT, INSERT ON api.t TO app_user;`,
    },
  ],
}
