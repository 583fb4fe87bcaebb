-- Business accounts (tenants): their people, projects, tasks and invoices. Every row says whose it is, every policy
-- asks for it, and every foreign key between these tables carries it, so that nothing can refer across accounts.

SET ROLE shop_owner;

CREATE TYPE v2.task_state AS ENUM ('todo', 'doing', 'done');
COMMENT ON TYPE v2.task_state IS 'How far a task has come';
GRANT USAGE ON TYPE v2.task_state TO app_user;

CREATE TABLE v2.tenants (
  id v2.slug PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE v2.tenants IS 'Business accounts: members see their own';

-- Row-level security is not forced on the owner here: internal.tenant_of() reads as the owner.
CREATE TABLE v2.members (
  tenant_id v2.slug NOT NULL DEFAULT auth.tenant_id() REFERENCES v2.tenants,
  user_id uuid NOT NULL UNIQUE REFERENCES v2.profiles ON DELETE CASCADE,
  title text,
  joined_on date NOT NULL DEFAULT current_date,
  PRIMARY KEY (tenant_id, user_id)
);
COMMENT ON TABLE v2.members IS 'Who belongs to which business account; a customer belongs to one at most';

CREATE TABLE v2.projects (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id v2.slug NOT NULL DEFAULT auth.tenant_id() REFERENCES v2.tenants,
  name text NOT NULL,
  period daterange,
  labels text[] NOT NULL DEFAULT '{}',
  budget v2.amount,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, id)
);
COMMENT ON TABLE v2.projects IS 'What a business account plans';
COMMENT ON COLUMN v2.projects.period IS 'Days from its start to its end';

CREATE TABLE v2.tasks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id v2.slug NOT NULL DEFAULT auth.tenant_id(),
  project_id integer NOT NULL,
  assignee uuid,
  title text NOT NULL,
  state v2.task_state NOT NULL DEFAULT 'todo',
  due_on date,
  details jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT tasks_project FOREIGN KEY (tenant_id, project_id) REFERENCES v2.projects (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_assignee FOREIGN KEY (tenant_id, assignee) REFERENCES v2.members (tenant_id, user_id)
);
CREATE INDEX tasks_of_project ON v2.tasks (tenant_id, project_id);
CREATE INDEX tasks_of_assignee ON v2.tasks (tenant_id, assignee);
COMMENT ON TABLE v2.tasks IS 'What has to be done for a project';
COMMENT ON COLUMN v2.tasks.assignee IS 'The member who does it';

CREATE TABLE v2.invoices (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id v2.slug NOT NULL REFERENCES v2.tenants,
  amount v2.amount NOT NULL,
  issued_on date NOT NULL,
  paid_on date,
  reference text
);
CREATE INDEX invoices_tenant ON v2.invoices (tenant_id);
COMMENT ON TABLE v2.invoices IS 'What the shop charges a business account: for its administrators';
COMMENT ON COLUMN v2.invoices.reference IS 'The account''s own number for it';

ALTER TABLE v2.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON v2.tenants FOR SELECT TO app_user
  USING (id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_changed ON v2.tenants FOR UPDATE TO tenant_admin
  USING (id = (SELECT auth.tenant_id())) WITH CHECK (id = (SELECT auth.tenant_id()));
GRANT SELECT ON v2.tenants TO app_user;
GRANT UPDATE (name) ON v2.tenants TO tenant_admin;

ALTER TABLE v2.members ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON v2.members FOR SELECT TO app_user
  USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_added ON v2.members FOR INSERT TO tenant_admin
  WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_changed ON v2.members FOR UPDATE TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_removed ON v2.members FOR DELETE TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id()));
GRANT SELECT ON v2.members TO app_user;
GRANT INSERT (user_id, title), UPDATE (title), DELETE ON v2.members TO tenant_admin;

ALTER TABLE v2.projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.projects FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON v2.projects FOR SELECT TO app_user
  USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_added ON v2.projects FOR INSERT TO app_user
  WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_changed ON v2.projects FOR UPDATE TO app_user
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_removed ON v2.projects FOR DELETE TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id()));
GRANT SELECT, INSERT (name, period, labels, budget), UPDATE (name, period, labels, budget) ON v2.projects TO app_user;
GRANT DELETE ON v2.projects TO tenant_admin;

ALTER TABLE v2.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON v2.tasks FOR SELECT TO app_user
  USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_added ON v2.tasks FOR INSERT TO app_user
  WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_changed ON v2.tasks FOR UPDATE TO app_user
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_removed ON v2.tasks FOR DELETE TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id()));
GRANT SELECT,
  INSERT (project_id, assignee, title, state, due_on, details),
  UPDATE (project_id, assignee, title, state, due_on, details)
  ON v2.tasks TO app_user;
GRANT DELETE ON v2.tasks TO tenant_admin;

ALTER TABLE v2.invoices ENABLE ROW LEVEL SECURITY;
ALTER TABLE v2.invoices FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON v2.invoices FOR SELECT TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id()));
CREATE POLICY own_tenant_changed ON v2.invoices FOR UPDATE TO tenant_admin
  USING (tenant_id = (SELECT auth.tenant_id())) WITH CHECK (tenant_id = (SELECT auth.tenant_id()));
GRANT SELECT, UPDATE (reference) ON v2.invoices TO tenant_admin;

CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON v2.members
  FOR EACH ROW EXECUTE FUNCTION audit.record();
CREATE TRIGGER audited_truncate AFTER TRUNCATE ON v2.members
  FOR EACH STATEMENT EXECUTE FUNCTION audit.record();

-- For the tokens that auth signs: it has no rights on the table.
CREATE FUNCTION internal.tenant_of(user_id uuid) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  RETURN (SELECT m.tenant_id FROM v2.members m WHERE m.user_id = tenant_of.user_id);
GRANT EXECUTE ON FUNCTION internal.tenant_of(uuid) TO shop_auth;

RESET ROLE;
