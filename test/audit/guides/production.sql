-- The SQL of a guide to permissions in production, as it says it: what an audit must find in it. The tables that it takes
-- for granted are made here in the plainest way.
CREATE ROLE postgrest LOGIN;
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticator NOLOGIN;
CREATE ROLE app_user NOLOGIN;
CREATE ROLE authenticated NOLOGIN;
CREATE ROLE tenant_admin NOLOGIN;
CREATE ROLE api_v1_user NOLOGIN;
CREATE ROLE api_v2_user NOLOGIN;
GRANT authenticator TO postgrest;
-- What it leaves out: without this no request could become a role of the API.
GRANT anon, app_user, authenticated, tenant_admin TO postgrest;

CREATE SCHEMA api;
CREATE SCHEMA api_v1;
CREATE SCHEMA api_v2;
GRANT USAGE ON SCHEMA public TO anon, authenticator, app_user, authenticated;
GRANT USAGE ON SCHEMA api TO anon, app_user;
GRANT USAGE ON SCHEMA api_v1 TO api_v1_user;
GRANT USAGE ON SCHEMA api_v2 TO api_v2_user;

CREATE TABLE public.products (id serial PRIMARY KEY, name text NOT NULL, price numeric, cost numeric, supplier_id int);
CREATE TABLE public.categories (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE public.orders (id serial PRIMARY KEY, user_id text, product_id int REFERENCES public.products, total numeric);
CREATE TABLE public.profiles (id serial PRIMARY KEY, user_id text, name text);
CREATE TABLE public.data (id serial PRIMARY KEY, tenant_id text, value text);
CREATE TABLE public.documents (id serial PRIMARY KEY, owner_id text, body text);
CREATE TABLE public.sensitive_data (id serial PRIMARY KEY, body text);
CREATE TABLE public.tenant_info (id serial PRIMARY KEY, name text);
CREATE TABLE public.projects (id serial PRIMARY KEY, tenant_id text, name text);
CREATE TABLE public.tasks (id serial PRIMARY KEY, project_id int REFERENCES public.projects, title text);
CREATE TABLE public.team_members (id serial PRIMARY KEY, tenant_id text, user_id text);
CREATE TABLE public.billing (id serial PRIMARY KEY, tenant_id text, iban text);
CREATE TABLE public.sessions (id serial PRIMARY KEY, user_id text, token text);
CREATE TABLE public.users (id serial PRIMARY KEY, username text, email text, password text, created_at timestamptz DEFAULT now());
CREATE TABLE public.large_table (id serial PRIMARY KEY, owner_id int);
CREATE TABLE public.user_permissions (user_id text, resource_id int);
CREATE FUNCTION public.calculate_total(order_id integer) RETURNS numeric LANGUAGE sql STABLE
  AS $$ SELECT total FROM public.orders WHERE id = order_id $$;

GRANT SELECT ON TABLE public.products, public.categories TO anon;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.orders TO app_user;
GRANT SELECT (id, name, price) ON TABLE public.products TO anon;
GRANT SELECT (id, name, price, cost, supplier_id) ON TABLE public.products TO app_user;
GRANT USAGE, SELECT ON SEQUENCE public.orders_id_seq TO app_user;
GRANT EXECUTE ON FUNCTION public.calculate_total(integer) TO app_user;
REVOKE EXECUTE ON FUNCTION pg_sleep(double precision) FROM public;

ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_own_orders ON public.orders FOR SELECT TO app_user
  USING (user_id = current_setting('request.jwt.claims', true)::json->>'sub');
CREATE POLICY insert_own_orders ON public.orders FOR INSERT TO app_user
  WITH CHECK (user_id = current_setting('request.jwt.claims', true)::json->>'sub');
CREATE POLICY update_own_orders ON public.orders FOR UPDATE TO app_user
  USING (user_id = current_setting('request.jwt.claims', true)::json->>'sub')
  WITH CHECK (user_id = current_setting('request.jwt.claims', true)::json->>'sub');
CREATE POLICY delete_own_orders ON public.orders FOR DELETE TO app_user
  USING (user_id = current_setting('request.jwt.claims', true)::json->>'sub');
CREATE POLICY tenant_isolation ON public.data FOR ALL TO app_user
  USING (tenant_id = current_setting('request.jwt.claims', true)::json->>'tenant_id');
CREATE POLICY managers_can_edit ON public.documents FOR UPDATE TO app_user
  USING (current_setting('request.jwt.claims', true)::json->>'role' = 'manager'
    OR owner_id = current_setting('request.jwt.claims', true)::json->>'sub');
CREATE POLICY business_hours_only ON public.sensitive_data FOR SELECT TO app_user
  USING (EXTRACT(HOUR FROM NOW()) BETWEEN 9 AND 17
    AND current_setting('request.jwt.claims', true)::json->>'department' = 'operations');
ALTER TABLE public.orders FORCE ROW LEVEL SECURITY;

CREATE FUNCTION validate_role() RETURNS text AS $$
DECLARE
  jwt_role text;
  allowed_roles text[] := ARRAY['anon', 'app_user', 'manager'];
BEGIN
  jwt_role := current_setting('request.jwt.claims', true)::json->>'role';
  IF NOT jwt_role = ANY(allowed_roles) THEN
    RAISE EXCEPTION 'Invalid role: %', jwt_role;
  END IF;
  RETURN jwt_role;
END;
$$ LANGUAGE plpgsql SECURITY DEFINER;

-- Its first pattern
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app_user;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO app_user;
ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;
-- Its second
GRANT SELECT ON TABLE public.tenant_info TO anon;
GRANT SELECT, INSERT, UPDATE ON TABLE public.projects TO authenticated;
GRANT SELECT, INSERT ON TABLE public.tasks TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.team_members TO tenant_admin;
GRANT SELECT, INSERT, UPDATE ON TABLE public.billing TO tenant_admin;
ALTER TABLE public.projects ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation_projects ON public.projects FOR ALL TO authenticated
  USING (tenant_id = current_setting('request.jwt.claims', true)::json->>'tenant_id');
CREATE POLICY admin_full_access ON public.projects FOR ALL TO tenant_admin USING (true);
-- Its third
GRANT SELECT ON ALL TABLES IN SCHEMA api_v1 TO api_v1_user;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA api_v2 TO api_v2_user;
-- What it calls bad, and what it calls good
GRANT ALL ON ALL TABLES IN SCHEMA public TO app_user;
GRANT SELECT ON TABLE public.products TO app_user;
GRANT SELECT, DELETE ON TABLE public.sessions TO app_user;

CREATE VIEW public.users_safe AS SELECT id, username, email, created_at FROM public.users;
GRANT SELECT ON public.users_safe TO app_user;
REVOKE SELECT ON public.users FROM app_user;

CREATE TABLE public.audit_log (id serial PRIMARY KEY, table_name text NOT NULL, operation text NOT NULL, user_id text,
  timestamp timestamptz DEFAULT now(), old_data jsonb, new_data jsonb);
CREATE FUNCTION audit_trigger_function() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO public.audit_log (table_name, operation, user_id, old_data)
    VALUES (TG_TABLE_NAME, TG_OP, current_setting('request.jwt.claims', true)::json->>'sub', to_jsonb(OLD));
    RETURN OLD;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO public.audit_log (table_name, operation, user_id, old_data, new_data)
    VALUES (TG_TABLE_NAME, TG_OP, current_setting('request.jwt.clams', true)::json->>'sub', to_jsonb(OLD), to_jsonb(NEW));
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO public.audit_log (table_name, operation, user_id, new_data)
    VALUES (TG_TABLE_NAME, TG_OP, current_setting('request.jwt.claims', true)::json->>'sub', to_jsonb(NEW));
    RETURN NEW;
  END IF;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql SECURITY DEFINER;
CREATE TRIGGER audit_users_changes AFTER INSERT OR UPDATE OR DELETE ON public.users
  FOR EACH ROW EXECUTE FUNCTION audit_trigger_function();

CREATE POLICY slow_policy ON public.large_table FOR SELECT TO app_user
  USING (EXISTS (SELECT 1 FROM user_permissions
    WHERE user_id = current_setting('request.jwt.claims', true)::json->>'sub' AND resource_id = large_table.id));
CREATE POLICY fast_policy ON public.large_table FOR SELECT TO app_user
  USING (owner_id = (current_setting('request.jwt.claims', true)::json->>'sub')::integer);
CREATE INDEX idx_large_table_owner ON public.large_table(owner_id);
ALTER TABLE public.large_table ENABLE ROW LEVEL SECURITY;
