import { commonFiles, keyFolder, keysReadme } from '../parts.js'
import type { Starter } from '../starter.js'

const tables = ['tenants', 'team_members', 'projects', 'tasks', 'billing']

const sql = `-- Tenants. Every row says whose it is, every policy asks for it, and foreign keys carry it, so that no row can refer to
-- another tenant's.

SET ROLE api_owner;

CREATE FUNCTION auth.tenant_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'tenant_id')::uuid;
COMMENT ON FUNCTION auth.tenant_id() IS 'The caller''s tenant: the claim tenant_id';

CREATE TABLE api.tenants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL
);
COMMENT ON TABLE api.tenants IS 'Tenants: members see their own';

CREATE TABLE api.team_members (
  tenant_id uuid NOT NULL DEFAULT auth.tenant_id() REFERENCES api.tenants ON DELETE CASCADE,
  user_id uuid NOT NULL,
  title text,
  PRIMARY KEY (tenant_id, user_id)
);
COMMENT ON TABLE api.team_members IS 'Who belongs to a tenant';

CREATE TABLE api.projects (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id uuid NOT NULL DEFAULT auth.tenant_id() REFERENCES api.tenants ON DELETE CASCADE,
  name text NOT NULL,
  UNIQUE (tenant_id, id)
);
COMMENT ON TABLE api.projects IS 'What a tenant plans';

CREATE TABLE api.tasks (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id uuid NOT NULL DEFAULT auth.tenant_id(),
  project_id integer NOT NULL,
  title text NOT NULL,
  done boolean NOT NULL DEFAULT false,
  FOREIGN KEY (tenant_id, project_id) REFERENCES api.projects (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX tasks_project ON api.tasks (tenant_id, project_id);
COMMENT ON TABLE api.tasks IS 'What has to be done for a project';

CREATE TABLE api.billing (
  tenant_id uuid PRIMARY KEY DEFAULT auth.tenant_id() REFERENCES api.tenants ON DELETE CASCADE,
  address text NOT NULL,
  reference text
);
COMMENT ON TABLE api.billing IS 'Where invoices go: administrators only';

${tables.map((name) => `ALTER TABLE api.${name} ENABLE ROW LEVEL SECURITY;\nALTER TABLE api.${name} FORCE ROW LEVEL SECURITY;`).join('\n')}

-- One policy for each verb that a role has. "All rows within their tenant" has to be said: USING (true) means all tenants'.
CREATE POLICY own_tenant ON api.tenants FOR SELECT TO authenticated USING (id = (SELECT auth.tenant_id()));

CREATE POLICY tenant_read ON api.team_members FOR SELECT TO authenticated USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_insert ON api.team_members FOR INSERT TO tenant_admin
  WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_update ON api.team_members FOR UPDATE TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_delete ON api.team_members FOR DELETE TO tenant_admin USING (tenant_id = (SELECT auth.tenant_id()));

CREATE POLICY tenant_read ON api.projects FOR SELECT TO authenticated USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_insert ON api.projects FOR INSERT TO authenticated WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_update ON api.projects FOR UPDATE TO authenticated
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_delete ON api.projects FOR DELETE TO tenant_admin USING (tenant_id = (SELECT auth.tenant_id()));

CREATE POLICY tenant_read ON api.tasks FOR SELECT TO authenticated USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_insert ON api.tasks FOR INSERT TO authenticated WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_update ON api.tasks FOR UPDATE TO authenticated
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));

CREATE POLICY tenant_read ON api.billing FOR SELECT TO tenant_admin USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_insert ON api.billing FOR INSERT TO tenant_admin WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY tenant_update ON api.billing FOR UPDATE TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));

-- Visitors read what is on the landing page, and nothing of tenants.
CREATE TABLE api.announcements (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL
);
COMMENT ON TABLE api.announcements IS 'News for everybody';
ALTER TABLE api.announcements ENABLE ROW LEVEL SECURITY;
ALTER TABLE api.announcements FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON api.announcements FOR SELECT TO anon, authenticated USING (true);

GRANT USAGE ON SCHEMA api TO anon, authenticated;
GRANT EXECUTE ON FUNCTION auth.tenant_id() TO authenticated;
GRANT SELECT ON api.announcements TO anon, authenticated;
GRANT SELECT ON api.tenants, api.team_members TO authenticated;
GRANT SELECT, INSERT (name), UPDATE (name) ON api.projects TO authenticated;
GRANT SELECT, INSERT (project_id, title, done), UPDATE (title, done) ON api.tasks TO authenticated;
GRANT INSERT (user_id, title), UPDATE (title), DELETE ON api.team_members TO tenant_admin;
GRANT DELETE ON api.projects TO tenant_admin;
GRANT SELECT, INSERT (address, reference), UPDATE (address, reference) ON api.billing TO tenant_admin;

RESET ROLE;

-- An administrator is a member who may do more.
GRANT authenticated TO tenant_admin;
`

export const tenants: Starter = {
  name: 'tenants',
  summary: 'several tenants in one database, each with members and administrators',
  files: [
    ...commonFiles({
      roles: [
        ['authenticated', 'Members of a tenant'],
        ['tenant_admin', 'Members who administer their tenant'],
      ],
      schemas: ['api'],
      tokens: keyFolder,
      title: 'Tenants',
      readme: `Members (\`authenticated\`) work on their tenant's projects and tasks; administrators (\`tenant_admin\`) also on its team and
billing. Which tenant it is says the claim \`tenant_id\` of their token. Nobody sees another tenant's rows, whatever the role.

${keysReadme}

With \`--claims '{"tenant_id": "…"}'\` a token is for a tenant.`,
    }),
    { path: 'migrations/03_tenants.sql', content: sql },
  ],
}
