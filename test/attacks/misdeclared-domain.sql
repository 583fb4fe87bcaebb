-- PostgreSQL keeps the checks of a domain as long as a session lives.
CREATE DOMAIN ways.own_name AS text CHECK (value = ways.mis_sql());
CREATE FUNCTION ways.ask_domain() RETURNS text LANGUAGE plpgsql AS
  $$ BEGIN RETURN ways.caller()::ways.own_name; END $$;
