-- A PostgREST project in its classic form: private tables, a public schema of views and functions, logins in SQL, triggers
-- on views, computed relationships, versions of the API side by side.
CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE web_anon NOLOGIN; CREATE ROLE reader NOLOGIN; CREATE ROLE librarian NOLOGIN;
GRANT web_anon, reader, librarian TO authenticator; GRANT reader TO librarian;
CREATE ROLE library_owner NOLOGIN; CREATE ROLE api_owner NOLOGIN;
CREATE SCHEMA private AUTHORIZATION library_owner; CREATE SCHEMA api AUTHORIZATION api_owner;
GRANT USAGE ON SCHEMA private TO api_owner; GRANT USAGE ON SCHEMA api TO web_anon, reader, librarian;

SET ROLE library_owner;
CREATE TYPE private.condition AS ENUM ('new', 'good', 'worn', 'lost');
CREATE TABLE private.authors (id serial PRIMARY KEY, name text NOT NULL, born date, died date, CHECK (died IS NULL OR died > born));
CREATE TABLE private.publishers (id serial PRIMARY KEY, name text NOT NULL UNIQUE, address jsonb);
CREATE TABLE private.books (id serial PRIMARY KEY, isbn char(13) UNIQUE, title text NOT NULL, publisher_id int REFERENCES private.publishers,
  published date, pages int CHECK (pages > 0), price numeric(8,2), languages text[] NOT NULL DEFAULT '{en}');
CREATE TABLE private.book_authors (book_id int REFERENCES private.books ON DELETE CASCADE, author_id int REFERENCES private.authors, place int NOT NULL DEFAULT 1, PRIMARY KEY (book_id, author_id));
CREATE TABLE private.copies (id serial PRIMARY KEY, book_id int NOT NULL REFERENCES private.books ON DELETE CASCADE, condition private.condition NOT NULL DEFAULT 'new', shelf text, bought date NOT NULL DEFAULT current_date);
CREATE TABLE private.readers (id serial PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, pass text NOT NULL, role name NOT NULL DEFAULT 'reader', active boolean NOT NULL DEFAULT true);
CREATE TABLE private.loans (id serial PRIMARY KEY, copy_id int NOT NULL REFERENCES private.copies, reader_id int NOT NULL REFERENCES private.readers,
  lent timestamptz NOT NULL DEFAULT now(), due timestamptz NOT NULL DEFAULT now() + interval '28 days', returned timestamptz, CHECK (returned IS NULL OR returned >= lent));
CREATE UNIQUE INDEX one_loan_a_copy ON private.loans (copy_id) WHERE returned IS NULL;
CREATE TABLE private.reservations (reader_id int REFERENCES private.readers, book_id int REFERENCES private.books, made timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (reader_id, book_id));
CREATE FUNCTION private.reader_id() RETURNS int LANGUAGE sql STABLE AS $$ SELECT (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'reader_id')::int $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA private TO api_owner; GRANT USAGE ON ALL SEQUENCES IN SCHEMA private TO api_owner, librarian, reader;
GRANT USAGE ON SCHEMA private TO reader, librarian, web_anon;
RESET ROLE;

SET ROLE api_owner;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE VIEW api.authors AS SELECT id, name, born, died FROM private.authors;
CREATE VIEW api.publishers AS SELECT id, name, address ->> 'city' AS city FROM private.publishers;
CREATE VIEW api.books AS SELECT id, isbn, title, publisher_id, published, pages, languages FROM private.books;
CREATE VIEW api.book_authors AS SELECT book_id, author_id, place FROM private.book_authors;
CREATE VIEW api.copies AS SELECT id, book_id, condition, shelf FROM private.copies WHERE condition <> 'lost' WITH CASCADED CHECK OPTION;
CREATE VIEW api.my_loans WITH (security_barrier = true) AS
  SELECT l.id, l.copy_id, l.lent, l.due, l.returned, l.due < now() AND l.returned IS NULL AS is_late
  FROM private.loans l WHERE l.reader_id = private.reader_id();
CREATE VIEW api.my_reservations WITH (security_barrier = true) AS
  SELECT reader_id, book_id, made FROM private.reservations WHERE reader_id = private.reader_id() WITH CHECK OPTION;
CREATE VIEW api.loans AS SELECT l.id, l.copy_id, l.reader_id, l.lent, l.due, l.returned, r.name AS reader, b.title
  FROM private.loans l JOIN private.readers r ON r.id = l.reader_id JOIN private.copies c ON c.id = l.copy_id JOIN private.books b ON b.id = c.book_id;
CREATE VIEW api.readers AS SELECT id, email, name, active FROM private.readers;
CREATE MATERIALIZED VIEW api.statistics AS
  SELECT b.id AS book_id, count(DISTINCT c.id) AS copies, count(l.id) AS loans, max(l.lent) AS last_lent
  FROM private.books b LEFT JOIN private.copies c ON c.book_id = b.id LEFT JOIN private.loans l ON l.copy_id = c.id GROUP BY b.id;
CREATE UNIQUE INDEX ON api.statistics (book_id);
CREATE FUNCTION api.lend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO private.loans (copy_id, reader_id) VALUES (NEW.copy_id, NEW.reader_id) RETURNING id, lent, due INTO NEW.id, NEW.lent, NEW.due;
  RETURN NEW;
END $$;
CREATE TRIGGER lend INSTEAD OF INSERT ON api.loans FOR EACH ROW EXECUTE FUNCTION api.lend();
CREATE FUNCTION api.available_copies(book api.books) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT count(*) FROM private.copies c WHERE c.book_id = book.id AND NOT EXISTS (SELECT FROM private.loans l WHERE l.copy_id = c.id AND l.returned IS NULL) $$;
CREATE FUNCTION api.statistics_of(book api.books) RETURNS SETOF api.statistics ROWS 1 LANGUAGE sql STABLE AS $$ SELECT * FROM api.statistics WHERE book_id = book.id $$;
CREATE FUNCTION api.give_back(loan int) RETURNS api.my_loans LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE result api.my_loans;
BEGIN
  UPDATE private.loans SET returned = now() WHERE id = loan AND reader_id = private.reader_id() AND returned IS NULL;
  SELECT * INTO result FROM api.my_loans WHERE id = loan;
  RETURN result;
END $$;
CREATE FUNCTION api.search(words text, VARIADIC languages text[] DEFAULT '{}') RETURNS SETOF api.books LANGUAGE sql STABLE AS
  $$ SELECT * FROM api.books b WHERE b.title ILIKE '%' || words || '%' AND (languages = '{}' OR b.languages && languages) $$;
GRANT SELECT ON api.authors, api.publishers, api.books, api.book_authors TO web_anon, reader;
GRANT SELECT ON api.copies, api.statistics, api.my_loans TO reader;
GRANT SELECT, INSERT (book_id, reader_id), DELETE ON api.my_reservations TO reader;
GRANT INSERT, UPDATE, DELETE ON api.authors, api.books, api.book_authors, api.copies TO librarian;
GRANT SELECT, INSERT (name), UPDATE (name) ON api.publishers TO librarian;
GRANT SELECT, INSERT (copy_id, reader_id) ON api.loans TO librarian;
GRANT SELECT, UPDATE (active, name) ON api.readers TO librarian;
GRANT EXECUTE ON FUNCTION api.search TO web_anon, reader; GRANT EXECUTE ON FUNCTION api.available_copies, api.give_back, api.statistics_of TO reader;
RESET ROLE;
REVOKE USAGE ON SCHEMA private FROM web_anon;
INSERT INTO private.publishers (name, address) VALUES ('North', '{"city": "Oslo"}'), ('South', NULL);
INSERT INTO private.authors (name, born) VALUES ('Ada', '1815-12-10'), ('Grace', '1906-12-09');
INSERT INTO private.books (isbn, title, publisher_id, pages) SELECT lpad(n::text, 13, '9'), 'Book ' || n, 1 + n % 2, n * 10 FROM generate_series(1, 30) n;
INSERT INTO private.book_authors SELECT id, 1 + id % 2 FROM private.books;
INSERT INTO private.copies (book_id) SELECT id FROM private.books, generate_series(1, 2);
INSERT INTO private.readers (email, name, pass) VALUES ('r@example.com', 'R', 'x');
INSERT INTO private.loans (copy_id, reader_id) VALUES (1, 1), (2, 1);
REFRESH MATERIALIZED VIEW api.statistics;
ALTER ROLE authenticator SET statement_timeout = '10s'; ALTER ROLE web_anon SET statement_timeout = '10s';
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
