import type { StarterFile } from './starter.js'

/** What differs between the projects that starters make. */
export interface Parts {
  /** roles that requests run as, besides anon, with what they are */
  readonly roles: readonly (readonly [name: string, comment: string])[]
  /** the exposed schemas */
  readonly schemas: readonly string[]
  /** lines of the server's configuration that say how tokens are verified */
  readonly tokens: string
  readonly title: string
  /** the README's own part, in Markdown */
  readonly readme: string
}

/** What every starter has: roles, schemas that nobody may use yet, and the configurations. */
export function commonFiles({ roles, schemas, tokens, title, readme }: Parts): readonly StarterFile[] {
  const names = ['anon', ...roles.map(([name]) => name)]
  return [
    { path: 'migrations/01_roles.sql', content: rolesSql(roles) },
    { path: 'migrations/02_schemas.sql', content: schemasSql(schemas) },
    { path: 'rolecast.config.ts', content: configOf(names, schemas) },
    { path: 'postgrest.conf', content: serverConfigOf(schemas, tokens) },
    { path: 'README.md', content: readmeOf(title, readme) },
  ]
}

const attributes = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'

function rolesSql(roles: Parts['roles']): string {
  const all = [['anon', 'Requests without a token'] as const, ...roles]
  const names = all.map(([name]) => name)
  const made = ['authenticator', ...names, 'api_owner'].map((name) => `'${name}'`).join(', ')
  return `-- The roles belong to the whole cluster, so this file may run where they exist already.

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[${made}] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I', wanted);
    END IF;
  END LOOP;
END
$$;

-- The only one that logs in. It has no rights of its own: it becomes one of the API's roles for each request. Give it a
-- password: ALTER ROLE authenticator PASSWORD '…'
ALTER ROLE authenticator LOGIN NOINHERIT ${attributes} CONNECTION LIMIT 100;
COMMENT ON ROLE authenticator IS 'The API server connects as this role';

-- The roles of requests. A role that is not granted to the authenticator is one that no token can name.
${all
  .map(
    ([name, comment]) =>
      `ALTER ROLE ${name} NOLOGIN INHERIT ${attributes};\nCOMMENT ON ROLE ${name} IS '${comment.replaceAll("'", "''")}';`,
  )
  .join('\n')}
GRANT ${names.join(', ')} TO authenticator;

-- Owns everything. Nobody logs in as it, and no request can become it.
ALTER ROLE api_owner NOLOGIN INHERIT ${attributes};
COMMENT ON ROLE api_owner IS 'Owns the API''s tables and functions';

-- What one request may take.
ALTER ROLE authenticator SET statement_timeout = '15s';
ALTER ROLE authenticator SET lock_timeout = '5s';
ALTER ROLE authenticator SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE anon SET statement_timeout = '5s';
`
}

function schemasSql(schemas: readonly string[]): string {
  return `-- Schemas, and what everybody may do before anything is granted: nothing.

${schemas.map((name) => `CREATE SCHEMA ${name} AUTHORIZATION api_owner;`).join('\n')}
-- Who is calling. It is not exposed: policies use its functions, and requests cannot name them.
CREATE SCHEMA auth AUTHORIZATION api_owner;

-- New functions and types are everybody's unless this is said, for each role that makes some.
ALTER DEFAULT PRIVILEGES FOR ROLE api_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE api_owner REVOKE USAGE ON TYPES FROM PUBLIC;

-- What PUBLIC has in a new database: temporary tables, which can hide others; before PostgreSQL 15 objects of its own in
-- "public"; sleeping, which holds connections; large objects, which row-level security does not know.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$
DECLARE
  builtin regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO authenticator', current_database());
  FOR builtin IN
    SELECT p.oid FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND (p.proname IN ('pg_sleep', 'pg_sleep_for', 'pg_sleep_until', 'loread', 'lowrite') OR p.proname LIKE 'lo\\_%')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', builtin);
  END LOOP;
END
$$;

SET ROLE api_owner;

-- Claims are an empty text, and not null, in a connection that has served a request before.
CREATE FUNCTION auth.uid() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
COMMENT ON FUNCTION auth.uid() IS 'The caller: the claim sub';

RESET ROLE;
`
}

function configOf(roles: readonly string[], schemas: readonly string[]): string {
  const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')
  return `import { defineConfig } from 'rolecast'

export default defineConfig({
  database: { sql: ['migrations/*.sql'] }, // or { uri: process.env.DATABASE_URL }
  schemas: [${list(schemas)}],
  roles: [${list(roles)}],
  authenticator: 'authenticator',
  out: 'src/api',
})
`
}

function serverConfigOf(schemas: readonly string[], tokens: string): string {
  return `# The password belongs in PGPASSWORD or a .pgpass file. Over a network: ?sslmode=verify-full
db-uri = "postgresql://authenticator@localhost/app"
db-schemas = "${schemas.join(', ')}"
db-anon-role = "anon"
db-max-rows = 1000

${tokens}
jwt-aud = "api"
jwt-require-aud = true
jwt-require-exp = true

client-error-verbosity = "minimal"
openapi-mode = "follow-privileges"
`
}

function readmeOf(title: string, readme: string): string {
  return `# ${title}

${readme.trim()}

## Beginning

    createdb app
    for file in migrations/*.sql; do psql --dbname app --set ON_ERROR_STOP=1 --file "$file"; done
    psql --dbname app --command "\\password authenticator"
    rolecast audit                  # nothing above information
    rolecast generate               # a typed client for each role, in src/api
    rolecast serve postgrest.conf

\`rolecast generate\` and \`rolecast audit\` need no database of yours: they load the migrations into one of their own.
`
}

/** Of projects whose tokens somebody else makes: an asymmetric key, so that the server holds nothing that signs. */
export const keyFolder = `# rolecast keys generate --alg ES256 --out keys
jwt-secret = "@keys/verify.json"`

export const keysReadme = `Tokens are signed with a key that only you have:

    rolecast keys generate --alg ES256 --out keys
    rolecast token mint --keys keys --role ROLE --sub UUID --aud api --ttl 15m

The file \`keys/verify.json\` is all that the server needs.`
