import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { introspect, surfaceOf } from '@rolecast/catalog'
import { testClient } from '@rolecast/client/testing'
import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import { type ClientOptions, emitClient } from '@rolecast/templates/client'
import pg from 'pg'
import { project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from '../types/build.js'

/** Two keys to one relation, int8 and numeric keys, documents, times: what queries go wrong about. */
export const blog = `
  CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE reader; GRANT reader TO authenticator;
  CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO reader;
  CREATE TABLE api.users (id int8 PRIMARY KEY, name text NOT NULL, rank numeric NOT NULL);
  CREATE TABLE api.posts (id int8 PRIMARY KEY, title text, author_id int8 NOT NULL REFERENCES api.users,
    reviewer_id int8 REFERENCES api.users, meta jsonb, raw json, at timestamptz NOT NULL, day date, times timestamptz[]);
  CREATE TABLE api.labels (id int4 PRIMARY KEY, label text NOT NULL);
  CREATE TABLE api.post_labels (post_id int8 REFERENCES api.posts, label_id int4 REFERENCES api.labels, PRIMARY KEY (post_id, label_id));
  CREATE VIEW api.pairs AS SELECT title, author_id, n FROM api.posts, generate_series(1, 2) n;
  INSERT INTO api.users SELECT n, chr(64 + n), 10.0 ^ (n % 4) FROM generate_series(1, 12) n;
  INSERT INTO api.posts SELECT n, nullif('t' || n % 3, 't0'), n, CASE WHEN n % 2 = 0 THEN 13 - n END,
    CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN jsonb_build_object('n', n, 'b', n < 6) WHEN 2 THEN jsonb_build_object('n', n::text)
      WHEN 3 THEN '{"n": null}' ELSE '{"n": [9]}' END, json_build_object('n', n),
    timestamptz '2026-01-01 00:00:00.000001+00' + n * interval '1 day', date '2026-01-01' + n, ARRAY[timestamptz '2026-01-01 00:00+00']
  FROM generate_series(1, 12) n;
  INSERT INTO api.labels VALUES (1, 'urgent'), (2, 'gift');
  INSERT INTO api.post_labels VALUES (1, 1), (1, 2), (2, 2);
  CREATE FUNCTION api.posts_at(at timestamptz) RETURNS SETOF api.posts LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT * FROM api.posts p WHERE p.at < $1; END;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA api TO reader;`

/** A database, and the client of its role \`reader\`, whatever types let through. */
export async function startBlog<Client>(sql: string, options: ClientOptions = {}) {
  buildRuntime()
  const postgres = await startPostgres({ authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(sql)
  const asked = { schemas: ['api'], roles: ['reader'], authenticator: 'authenticator' }
  const surface = surfaceOf(await introspect(client, asked), 'reader', { schemas: ['api'] })
  const files = emitClient(surface, { emit: 'js', ...options }).map(({ path, content }) => [`client/${path}`, content])
  const { folder, remove } = project(Object.fromEntries(files))
  const server = await createServer({
    dbUri: postgres.uriOf({ user: 'authenticator' }),
    dbSchemas: ['api'],
    dbAnonRole: 'reader',
    dbAggregatesEnabled: true,
    dbTxEnd: 'commit-allow-override',
  })
  const { createClient } = await import(pathToFileURL(join(folder, 'client/index.js')).href)
  return {
    surface,
    folder,
    server,
    query: async (text: string): Promise<Record<string, unknown>[]> => (await client.query(text)).rows,
    db: testClient(createClient, { server }) as Client,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await client.end()
      await postgres.stop()
      remove()
    },
  }
}
