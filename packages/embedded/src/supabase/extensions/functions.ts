import type { StubExtension } from '../../platform/platform.js'
import { ownSchema, stubFunctions } from './stub-function.js'

/** Extensions that are a handful of functions. */
export const ofFunctions: readonly StubExtension[] = [
  {
    name: 'supabase_vault',
    isRelocatable: false,
    script: `${ownSchema('vault')}
CREATE TABLE vault.secrets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text UNIQUE, description text NOT NULL DEFAULT '',
  secret text NOT NULL, key_id uuid, nonce bytea, created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now());
CREATE VIEW vault.decrypted_secrets AS
  SELECT id, name, description, secret, secret AS decrypted_secret, key_id, nonce, created_at, updated_at FROM vault.secrets;
CREATE FUNCTION vault.create_secret(
  new_secret text, new_name text DEFAULT NULL, new_description text DEFAULT '', new_key_id uuid DEFAULT NULL)
  RETURNS uuid LANGUAGE sql AS $$
    INSERT INTO vault.secrets (secret, name, description, key_id)
    VALUES (new_secret, new_name, new_description, new_key_id) RETURNING id $$;
CREATE FUNCTION vault.update_secret(
  secret_id uuid, new_secret text DEFAULT NULL, new_name text DEFAULT NULL, new_description text DEFAULT NULL,
  new_key_id uuid DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
    UPDATE vault.secrets SET secret = coalesce(new_secret, secret), name = coalesce(new_name, name),
      description = coalesce(new_description, description), key_id = coalesce(new_key_id, key_id), updated_at = now()
    WHERE id = secret_id $$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
GRANT ALL ON ALL TABLES IN SCHEMA vault TO postgres, service_role;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA vault TO postgres, service_role;`,
  },
  {
    name: 'pgsodium',
    isRelocatable: false,
    script: `${ownSchema('pgsodium')}
CREATE TYPE pgsodium.key_status AS ENUM ('default', 'valid', 'invalid', 'expired');
CREATE TYPE pgsodium.key_type AS ENUM (
  'aead-ietf', 'aead-det', 'hmacsha512', 'hmacsha256', 'auth', 'shorthash', 'generichash', 'kdf', 'secretbox',
  'secretstream', 'stream_xchacha20');
CREATE TABLE pgsodium.key (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), status pgsodium.key_status DEFAULT 'valid',
  created timestamptz NOT NULL DEFAULT now(), expires timestamptz, key_type pgsodium.key_type, key_id bigserial,
  key_context bytea, name text UNIQUE, associated_data text DEFAULT '', raw_key bytea, comment text, user_data text);
CREATE VIEW pgsodium.valid_key AS SELECT id, name, status, key_type, key_id, created, expires FROM pgsodium.key;
CREATE FUNCTION pgsodium.create_key(key_type pgsodium.key_type DEFAULT 'aead-det', name text DEFAULT NULL)
  RETURNS pgsodium.valid_key LANGUAGE sql AS $$
    INSERT INTO pgsodium.key (key_type, name) VALUES (key_type, name)
    RETURNING id, key.name, status, key.key_type, key_id, created, expires $$;
${stubFunctions(
  `
crypto_aead_det_encrypt(message bytea, additional bytea, key_uuid uuid, nonce bytea DEFAULT NULL) returns bytea
crypto_aead_det_decrypt(message bytea, additional bytea, key_uuid uuid, nonce bytea DEFAULT NULL) returns bytea
crypto_aead_det_noncegen() returns bytea
randombytes_buf(size integer) returns bytea`,
  'pgsodium.',
)}`,
  },
  {
    name: 'pgjwt',
    isRelocatable: true,
    script: stubFunctions(`
url_encode(data bytea) returns text
url_decode(data text) returns bytea
algorithm_sign(signables text, secret text, algorithm text) returns text
sign(payload json, secret text, algorithm text DEFAULT 'HS256') returns text
verify(token text, secret text, algorithm text DEFAULT 'HS256') returns table (header json, payload json, valid boolean)`),
  },
  {
    name: 'pg_graphql',
    isRelocatable: false,
    script: `${ownSchema('graphql')}
${stubFunctions('resolve(query text, variables jsonb DEFAULT NULL, "operationName" text DEFAULT NULL, extensions jsonb DEFAULT NULL) returns jsonb', 'graphql.')}`,
  },
  {
    name: 'http',
    isRelocatable: true,
    script: `CREATE DOMAIN http_method AS text;
CREATE TYPE http_header AS (field varchar, value varchar);
CREATE TYPE http_request AS (method http_method, uri varchar, headers http_header[], content_type varchar, content varchar);
CREATE TYPE http_response AS (status integer, content_type varchar, headers http_header[], content varchar);
${stubFunctions(`
http(request http_request) returns http_response
http_get(uri varchar) returns http_response
http_get(uri varchar, data jsonb) returns http_response
http_post(uri varchar, content varchar, content_type varchar) returns http_response
http_post(uri varchar, data jsonb) returns http_response
http_put(uri varchar, content varchar, content_type varchar) returns http_response
http_patch(uri varchar, content varchar, content_type varchar) returns http_response
http_delete(uri varchar) returns http_response
http_head(uri varchar) returns http_response
http_header(field varchar, value varchar) returns http_header
http_set_curlopt(curlopt varchar, value varchar) returns boolean
http_reset_curlopt() returns boolean
urlencode(string varchar) returns text
urlencode(data jsonb) returns text`)}`,
  },
  {
    name: 'pg_jsonschema',
    isRelocatable: true,
    // A CHECK by them must not refuse rows: they say that everything matches.
    script: ['json', 'jsonb']
      .map(
        (type) => `CREATE FUNCTION ${type}_matches_schema(schema json, instance ${type}) RETURNS boolean
  LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT true $$;`,
      )
      .concat(
        stubFunctions(`
jsonschema_is_valid(schema json) returns boolean
jsonschema_validation_errors(schema json, instance json) returns text[]`),
      )
      .join('\n'),
  },
  {
    name: 'pg_hashids',
    isRelocatable: true,
    script: stubFunctions(`
id_encode(number bigint) returns text
id_encode(number bigint, salt text) returns text
id_encode(number bigint, salt text, min_length integer) returns text
id_encode(number bigint, salt text, min_length integer, alphabet text) returns text
id_decode(id text, salt text DEFAULT '', min_length integer DEFAULT 0) returns bigint[]
id_decode_once(id text, salt text DEFAULT '', min_length integer DEFAULT 0) returns bigint`),
  },
  {
    name: 'timescaledb',
    isRelocatable: true,
    script: stubFunctions(`
create_hypertable(relation regclass, time_column_name name, partitioning_column name DEFAULT NULL, number_partitions integer DEFAULT NULL, chunk_time_interval interval DEFAULT NULL, if_not_exists boolean DEFAULT false, migrate_data boolean DEFAULT false) returns table (hypertable_id integer, schema_name name, table_name name, created boolean)
add_retention_policy(relation regclass, drop_after interval, if_not_exists boolean DEFAULT false) returns integer
add_compression_policy(hypertable regclass, compress_after interval, if_not_exists boolean DEFAULT false) returns integer
time_bucket(bucket_width interval, ts timestamptz) returns timestamptz
time_bucket(bucket_width interval, ts timestamp) returns timestamp`),
  },
  {
    name: 'index_advisor',
    isRelocatable: true,
    script: stubFunctions(
      'index_advisor(query text) returns table (startup_cost_before jsonb, startup_cost_after jsonb, total_cost_before jsonb, total_cost_after jsonb, index_statements text[], errors text[])',
    ),
  },
  // Functions in this language are stored as they are; none runs.
  { name: 'plv8', isRelocatable: false, script: 'CREATE LANGUAGE plv8 HANDLER plpgsql_call_handler;' },
]
