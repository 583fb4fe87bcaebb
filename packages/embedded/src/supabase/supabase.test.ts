import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, startPostgres } from '../server.js'
import { extensions } from './extensions/extensions.js'
import { supabasePlatform } from './supabase.js'

// What migrations of such projects do, in the ways in which they do it.
const migration = `
create extension if not exists vector with schema extensions version '0.4.0';
create extension postgis with schema extensions;
${extensions
  .filter(({ name }) => !['vector', 'postgis', 'supabase_vault'].includes(name))
  .map(({ name }) => `create extension "${name}" cascade;`)
  .join('\n')}
create table items (
  id bigint primary key, owner uuid references auth.users, embedding vector(3), near extensions.halfvec(3),
  place geography(point, 4326), shape extensions.geometry);
begin;
create index on items using hnsw (embedding vector_cosine_ops) with (m = 16);
create index on items (owner);
commit;
create index on items using gist (place);
create function match(wanted vector(3)) returns setof items language sql stable as
  $$ select * from items order by embedding <=> wanted $$;
create function around(lat float, long float) returns setof items language sql stable as
  $$ select * from items where st_dwithin(place, st_setsrid(st_makepoint(long, lat), 4326)::geography, 10) $$;
create trigger on_sign_up after insert on auth.users for each row execute function supabase_functions.http_request();
create policy own on storage.objects for all to authenticated
  using ((storage.foldername(name))[1] = auth.uid()::text and auth.role() = 'authenticated' and auth.jwt() ? 'sub');
create policy listen on realtime.messages for select to authenticated using (realtime.topic() = auth.email());
alter publication supabase_realtime add table items;
select cron.schedule('nightly', '0 0 * * *', 'select 1'), net.http_post(url := 'http://localhost', body := '{}');
select pgmq.create('jobs');
alter table pgmq.q_jobs enable row level security;
insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000001', 'ada@example.com');
insert into items (id, embedding, place) values (1, '[1,2,3]', 'POINT(1 2)');
select * from match('[1,2,3]'), around(1, 2);
`

let folder: string
let postgres: EmbeddedPostgres
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecast-supabase-'))
  const file = join(folder, '1.sql')
  await writeFile(file, migration)
  postgres = await startPostgres({ sql: [file], platform: supabasePlatform({ grants: 'all', enabled: ['pg_trgm'] }) })
})
afterAll(async () => {
  await postgres?.stop()
  await rm(folder, { recursive: true })
})

async function ask<T>(sql: string, as: { user?: string } = {}): Promise<T[]> {
  const client = new pg.Client({ connectionString: postgres.uriOf(as) })
  await client.connect()
  try {
    return (await client.query<T & pg.QueryResultRow>(sql)).rows
  } finally {
    await client.end()
  }
}

test('every stub loads, and the report names those in use and the indexes that they have none of', () => {
  expect(postgres.report.stubs).toEqual(
    extensions
      .map(({ name }) => name)
      .filter((name) => name !== 'supabase_vault')
      .sort(),
  )
  expect(postgres.report.leftOut.map(({ reason }) => reason)).toEqual([
    'access method "hnsw" does not exist',
    'data type geography has no default operator class for access method "gist"',
  ])
})

test('what is left out of a transaction does not end it', async () => {
  const rows = await ask<{ indexdef: string }>(`select indexdef from pg_indexes where tablename = 'items'`)
  expect(rows.map(({ indexdef }) => indexdef)).toContainEqual(expect.stringContaining('(owner)'))
})

test('types have the modifiers that matter', async () => {
  const [row] = await ask<{ types: string[] }>(
    `select array_agg(format_type(atttypid, atttypmod) order by attnum) as types from pg_attribute
     where attrelid = 'items'::regclass and attnum > 2`,
  )
  expect(row?.types).toEqual(['vector(3)', 'halfvec(3)', 'geography', 'geometry'])
})

test('files run as the role that owns what they make; afterwards it is no superuser', async () => {
  const [row] = await ask(
    `select tableowner, rolsuper, rolbypassrls, current_user as me from pg_tables join pg_roles on rolname = tableowner
     where tablename = 'items'`,
    { user: 'postgres' },
  )
  expect(row).toEqual({ tableowner: 'postgres', rolsuper: false, rolbypassrls: true, me: 'postgres' })
})

test('old default privileges grant all, and who asks is known from the claims', async () => {
  const [row] = await ask(`
    select has_table_privilege('anon', 'items', 'insert') as granted,
      storage.foldername('a/b/c.tar.gz') as folders, storage.filename('a/b/c.tar.gz') as file,
      storage.extension('a/b/c.tar.gz') as extension`)
  expect(row).toMatchObject({ granted: true, folders: ['a', 'b'], file: 'c.tar.gz', extension: 'gz' })
  const [claims] = await ask(`
    select auth.uid() as uid, auth.role() as role from
    set_config('request.jwt.claims', '{"sub": "00000000-0000-4000-8000-000000000001", "role": "anon"}', false)`)
  expect(claims).toMatchObject({ uid: '00000000-0000-4000-8000-000000000001', role: 'anon' })
})
