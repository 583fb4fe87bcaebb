CREATE SCHEMA api;
CREATE SCHEMA hidden;
CREATE FUNCTION hidden.allows(text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN length($1) < 5;
CREATE COLLATION hidden.blurred (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TYPE api.status AS ENUM ('open', 'paid', 'it''s');
CREATE DOMAIN api.email AS text CONSTRAINT email_form CHECK (VALUE ~ '^[^@\s]+@[^@\s]+$') CONSTRAINT email_short CHECK (length(VALUE) < 20);
CREATE DOMAIN api.amount AS numeric(6, 2) CONSTRAINT amount_positive CHECK (VALUE >= 0);
CREATE TABLE api.facts (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  qty int CONSTRAINT qty_between CHECK (qty BETWEEN 1 AND 10),
  not_seven int CONSTRAINT not_seven CHECK (not_seven <> 7),
  big bigint CONSTRAINT big_enough CHECK (big > 9007199254740993),
  price numeric(8, 2) CONSTRAINT price_range CHECK (price > 0 AND price < 1000.5),
  plain numeric CONSTRAINT plain_in CHECK (plain IN (1, 2.50, 1e3)),
  ratio float8 CONSTRAINT ratio_part CHECK (ratio >= 0 AND ratio <= 1),
  kind text CONSTRAINT kind_in CHECK (kind IN ('a', 'b', 'it''s')),
  short varchar(5) CONSTRAINT short_any CHECK (short = ANY (ARRAY['x', 'yy'])),
  label varchar CONSTRAINT label_not_in CHECK (label NOT IN ('no', 'never')),
  country char(2) CONSTRAINT country_code CHECK (country ~ '^[A-Z]{2}$'),
  padded char(4) CONSTRAINT padded_is CHECK (padded IN ('ab', 'abcd')),
  name text CONSTRAINT name_length CHECK (char_length(name) BETWEEN 1 AND 4),
  trimmed text CONSTRAINT trimmed_not_empty CHECK (length(trim(trimmed)) > 0),
  code text CONSTRAINT code_form CHECK (code ~ '^[a-z][a-z0-9_-]{1,3}$'),
  word text CONSTRAINT word_form CHECK (word ~ '^\w+( \w+)?$'),
  lines text CONSTRAINT lines_end CHECK (lines ~ 'a.b$'),
  class text CONSTRAINT class_form CHECK (class ~ '^[[:upper:]][[:digit:]]*\.$'),
  any_case text CONSTRAINT any_case_form CHECK (any_case ~* '^(yes|no)$'),
  not_matching text CONSTRAINT not_matching CHECK (not_matching !~ '[<>]'),
  starts text CONSTRAINT starts_like CHECK (starts LIKE 'a\_%' AND starts NOT LIKE '%z'),
  ilike_ text CONSTRAINT ilike_form CHECK (ilike_ ILIKE 'ab_'),
  day date CONSTRAINT day_after CHECK (day >= '2000-01-01'),
  at timestamptz CONSTRAINT at_after CHECK (at > '2000-01-01 00:00:00+00'),
  status api.status CONSTRAINT status_in CHECK (status IN ('open', 'it''s')),
  status_text api.status CONSTRAINT status_text CHECK (status_text::text <> 'paid'),
  active boolean CONSTRAINT active_only CHECK (active),
  sure boolean CONSTRAINT sure_true CHECK (sure IS TRUE),
  doc jsonb CONSTRAINT doc_object CHECK (jsonb_typeof(doc) = 'object'),
  tags text[] CONSTRAINT tags_few CHECK (cardinality(tags) <= 2),
  present text CONSTRAINT present CHECK (present IS NOT NULL),
  email api.email,
  amount api.amount,
  first_day date,
  last_day date,
  contact_phone text,
  contact_mail text,
  low int,
  high int,
  secret text,
  lowered text CONSTRAINT lowered CHECK (lowered = lower(lowered) AND length(lowered) < 4),
  hidden_function text CONSTRAINT hidden_function CHECK (hidden.allows(hidden_function)),
  blurred text COLLATE hidden.blurred CONSTRAINT blurred CHECK (blurred = 'a'),
  CONSTRAINT days_in_order CHECK (first_day <= last_day),
  CONSTRAINT one_contact CHECK (contact_phone IS NOT NULL OR contact_mail IS NOT NULL),
  CONSTRAINT at_most_one CHECK (num_nonnulls(low, high) < 2 OR low < high),
  CONSTRAINT if_then CHECK (NOT (kind = 'a' AND qty > 5)),
  CONSTRAINT same_or_null CHECK ((low IS NULL) OR (high IS NULL) OR low <> high),
  CONSTRAINT secret_rule CHECK (secret IS NULL OR name <> 'x')
);
CREATE ROLE reader;
GRANT USAGE ON SCHEMA api TO reader;
