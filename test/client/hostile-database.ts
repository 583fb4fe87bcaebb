import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { hostileNames } from './hostile-names.js'

/** The role of the database, whose name is hostile as well. */
export const hostileRole = `r'*/\n\`$` + '{globalThis.canary=1}'
const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`
const text = (value: string) => `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
const payload = (name: string) =>
  `${name} */ globalThis.canary = 1 /*\n@ts-ignore\n@deprecated ${name}\n</script> {@link x} \`\${globalThis.canary=1}\``

/** A database in which everything is called what nobody expects, and its surface. */
export async function startHostileDatabase(): Promise<{ postgres: EmbeddedPostgres; surface: Surface }> {
  const postgres = await startPostgres({ authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(statements())
  const roles = [hostileRole]
  const catalog = await introspect(client, { schemas: ['api'], roles, authenticator: 'authenticator' })
  await client.end()
  return { postgres, surface: surfaceOf(catalog, hostileRole, { schemas: ['api'] }) }
}

function statements(): string {
  const to = identifier(hostileRole)
  const relations = hostileNames.map((name, index) => {
    const [table, routine] = [`api.${identifier(name)}`, `api.${identifier(name)}(text)`]
    return `CREATE TABLE ${table} (${identifier(name)} text DEFAULT ${text(name)} PRIMARY KEY, parent_id text CONSTRAINT ${identifier(`fk${index}`)} REFERENCES ${table});
       COMMENT ON TABLE ${table} IS ${text(payload(name))};
       COMMENT ON COLUMN ${table}.${identifier(name)} IS ${text(payload(name))};
       GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${to};
       CREATE FUNCTION api.${identifier(name)}(${identifier(name)} text) RETURNS text LANGUAGE sql IMMUTABLE RETURN $1;
       COMMENT ON FUNCTION ${routine} IS ${text(payload(name))};`
  })
  return `CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE ${to}; GRANT ${to} TO authenticator;
     CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO ${to}; COMMENT ON SCHEMA api IS ${text(payload('schema'))};
     CREATE TYPE api."label;" AS ENUM (${hostileNames.map(text).join(', ')});
     COMMENT ON TYPE api."label;" IS ${text(payload('enum'))};
     CREATE DOMAIN api."*/domain" AS text DEFAULT '*/' CHECK (VALUE <> '*/ @ts-ignore');
     CREATE TABLE api.everything (${hostileNames.map((name) => `${identifier(name)} text`).join(', ')}, label api."label;", d api."*/domain");
     GRANT SELECT, INSERT, UPDATE, DELETE ON api.everything TO ${to};
     ${relations.join('\n')}`
}
