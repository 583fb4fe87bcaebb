-- Functions that say IMMUTABLE and depend on who asks, each in another way, and what calls them.
CREATE FUNCTION ways.mis_sql() RETURNS text IMMUTABLE LANGUAGE sql AS
  $$ SELECT current_setting('request.jwt.claims', true)::json->>'sub' $$;
CREATE FUNCTION ways.mis_plpgsql() RETURNS text IMMUTABLE LANGUAGE plpgsql AS
  $$ BEGIN RETURN current_setting('request.jwt.claims', true)::json->>'sub'; END $$;
CREATE FUNCTION ways.mis_atomic() RETURNS text IMMUTABLE
  BEGIN ATOMIC SELECT pg_catalog.current_setting('request.jwt.claims'::text, true)::json->>'sub'; END;
CREATE FUNCTION ways.mis_behind() RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN "ways".caller(); END $$;
CREATE FUNCTION ways.mis_dynamic() RETURNS text IMMUTABLE LANGUAGE plpgsql AS
  $$ DECLARE r text; BEGIN EXECUTE 'SELECT ways.' || 'caller()' INTO r; RETURN r; END $$;
CREATE FUNCTION ways.mis_view() RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT sub FROM ways.me $$;
CREATE FUNCTION ways.mis_table() RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT owner FROM ways.own $$;
CREATE FUNCTION ways.mis_role() RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT current_user::text $$;
CREATE FUNCTION ways.fine(a text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT upper(a) || ' is a user of roles' $$;

CREATE FUNCTION ways.ask_simply() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN ways.mis_sql(); END $$;
CREATE FUNCTION ways.ask_by_variable() RETURNS text STABLE LANGUAGE plpgsql AS
  $$ DECLARE who text := ways.mis_plpgsql(); BEGIN IF who = ways.mis_behind() THEN RETURN who; END IF; RETURN 'mixed'; END $$;
CREATE FUNCTION ways.ask_by_query() RETURNS text STABLE LANGUAGE plpgsql AS
  $$ BEGIN RETURN (SELECT owner FROM ways.own_atomic WHERE owner = ways.mis_dynamic()); END $$;
CREATE FUNCTION ways.ask_view() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN ways.mis_view(); END $$;
CREATE FUNCTION ways.ask_table() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN ways.mis_table(); END $$;
CREATE FUNCTION ways.ask_role() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN ways.mis_role(); END $$;
CREATE TABLE ways.own_sql AS SELECT * FROM ways.own;
CREATE TABLE ways.own_plpgsql AS SELECT * FROM ways.own;
CREATE TABLE ways.own_atomic AS SELECT * FROM ways.own;
ALTER TABLE ways.own_sql ENABLE ROW LEVEL SECURITY;
ALTER TABLE ways.own_plpgsql ENABLE ROW LEVEL SECURITY;
ALTER TABLE ways.own_atomic ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON ways.own_sql USING (owner = ways.mis_sql());
CREATE POLICY own ON ways.own_plpgsql USING (owner = ways.mis_plpgsql());
CREATE POLICY own ON ways.own_atomic USING (owner = ways.mis_atomic());
CREATE VIEW ways.own_view AS SELECT owner, secret FROM ways.own_atomic WHERE owner = ways.mis_behind();
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ways TO visitor, member, clerk;
