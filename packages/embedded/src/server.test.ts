import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { EmbeddedPostgresError, embeddedVersions, loadSqlFiles, SqlFileError, startPostgres } from './index.js'

const folder = await mkdtemp(join(tmpdir(), 'rolecast-test-'))
await chmod(folder, 0o711) // as root, another user runs the server
afterAll(() => rm(folder, { recursive: true, force: true }))

async function ask<T>(uri: string, sql: string): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: uri })
  await client.connect()
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0] as T
  } finally {
    await client.end()
  }
}

async function sqlFile(name: string, sql: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, sql)
  return file
}

describe('startPostgres', () => {
  test.each(embeddedVersions())('starts PostgreSQL %i and removes it', async (version) => {
    const postgres = await startPostgres({ version })
    expect(Math.floor(Number(await ask<string>(postgres.uri, 'SHOW server_version_num')) / 10000)).toBe(version)
    await postgres.stop()
    expect(existsSync(dirname(postgres.dataDir))).toBe(false)
    await expect(ask(postgres.uri, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
  })

  test('loads SQL files in order, and several servers live side by side', async () => {
    const sql = [
      await sqlFile('1.sql', 'CREATE TABLE t (i int)'),
      await sqlFile('2.sql', 'INSERT INTO t VALUES (1), (2)'),
    ]
    await using first = await startPostgres({ sql })
    await using second = await startPostgres()
    expect(await ask(first.uri, 'SELECT count(*) FROM t')).toBe('2')
    expect(await ask(second.uri, "SELECT to_regclass('t')")).toBe(null)
  })

  test('names file, line and reason of an SQL error, and leaves nothing running', async () => {
    const bad = await sqlFile('bad.sql', "SELECT 'ü€😀';\n\nSELECT nonsense;\n")
    const error = await startPostgres({ sql: [bad] }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(SqlFileError)
    expect(error).toMatchObject({ file: bad, line: 3, code: '42703' })
    expect((error as Error).message).toBe(`${bad}:3: column "nonsense" does not exist`)
  })

  test('loads what pg_dump and editors put around SQL', async () => {
    const dump = '\uFEFF--\r\n\\restrict a1B2\r\n\r\nCREATE TABLE dumped ();\r\n\\unrestrict a1B2\r\n'
    await using postgres = await startPostgres({ sql: [await sqlFile('dump.sql', dump)] })
    expect(await ask(postgres.uri, "SELECT to_regclass('dumped')::text")).toBe('dumped')
  })

  test('follows what psql would, and says what it cannot', async () => {
    await sqlFile('inner.sql', "CREATE TABLE :schema.inner_one AS SELECT :'who' AS who;\n\\set schema other\n")
    const outer = await sqlFile(
      'outer.sql',
      '\\set ON_ERROR_STOP on\n\\set schema public\n\\set who ada\n\\connect postgres\n\\ir inner.sql\nCREATE SCHEMA :"schema";\n',
    )
    await using postgres = await startPostgres({ sql: [outer] })
    expect(await ask(postgres.uri, "SELECT who || to_regnamespace('other')::text FROM inner_one")).toBe('adaother')
    for (const [line, message] of [
      ['\\connect shop', /psql\.sql:2: \\connect shop: files are loaded into one database/],
      ['\\gexec', /psql\.sql:2: \\gexec is a command to psql that is not understood here$/],
      ['\\ir none.sql', /psql\.sql:2: \\ir none\.sql: there is no file .*none\.sql$/],
      ['\\ir psql.sql', /psql\.sql:2: \\ir psql\.sql: the file includes itself$/],
      ['SELECT 1 \\gset', /psql\.sql:2: syntax error at or near "\\" \(psql's backslash commands are not SQL\)$/],
    ] as const) {
      const file = await sqlFile('psql.sql', `SELECT 1;\n${line}\n`)
      await expect(loadSqlFiles(postgres.uri, [file]), line).rejects.toThrow(message)
    }
  })

  test('files are run as psql runs them: a session each, a transaction a statement', async () => {
    const sql = [
      await sqlFile(
        'a.sql',
        `CREATE SCHEMA types; CREATE TYPE types.color AS ENUM ('red');
         DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = types, public', current_database()); END $$;
         SET search_path = ''; SET default_transaction_read_only = on;`,
      ),
      await sqlFile(
        'b.sql',
        'CREATE TABLE public.paints (c color); SET search_path = nowhere; RESET ALL; CREATE TABLE more (c color);',
      ),
      await sqlFile(
        'c.sql',
        `ALTER TYPE color ADD VALUE 'blue'; INSERT INTO paints VALUES ('blue');
         CREATE INDEX CONCURRENTLY ON paints (c); VACUUM paints;
         COPY public.paints (c) FROM stdin;
red
\\N
\\.

         CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN i > 0 THEN i ELSE -i END; SELECT 2 * i; END;
         CREATE RULE r AS ON UPDATE TO paints DO ALSO (SELECT 1; SELECT ';'';'); SELECT $a$;$$;$a$, E'\\';', "?column?" FROM (SELECT 1) /* ; /* ; */ ; */ x; -- ;
         BEGIN; INSERT INTO paints VALUES ('red'); ROLLBACK`,
      ),
    ]
    await using postgres = await startPostgres({ sql })
    expect(await ask(postgres.uri, "SELECT string_agg(coalesce(c::text, '-'), ' ') FROM paints")).toBe('blue red -')
    expect(await ask(postgres.uri, 'SELECT twice(4)')).toBe(8)
    expect(await ask(postgres.uri, "SELECT 'types.more'::regclass::text")).toBe('more')
  })

  test('names the line of an error in a later statement, and in rows', async () => {
    const late = await sqlFile('late.sql', '-- ü😀\nSELECT 1; SELECT\n  2;\n\n/* ; */ SELECT 😀\n')
    await expect(startPostgres({ sql: [late] })).rejects.toThrow(/late\.sql:5: syntax error|late\.sql:5: column/)
    const rows = await sqlFile('rows.sql', 'CREATE TABLE t (i int);\nCOPY t FROM stdin;\none\n\\.\n')
    await expect(startPostgres({ sql: [rows] })).rejects.toThrow(
      /rows\.sql:2: invalid input syntax for type integer: "one"/,
    )
  })

  test('says in one line what the system refuses', async () => {
    const error = await startPostgres({ dataDir: join(await sqlFile('no-folder', ''), 'data') }).catch((e) => e)
    expect(error).toBeInstanceOf(EmbeddedPostgresError)
    expect(error.message).toMatch(/^PostgreSQL could not be prepared: ENOTDIR.*no-folder.*$/)
  })

  test('keeps the data of a given folder', async () => {
    const dataDir = join(folder, 'kept')
    const sql = [await sqlFile('kept.sql', 'CREATE TABLE kept ()')]
    const first = await startPostgres({ dataDir, sql })
    await first.stop()
    await using again = await startPostgres({ dataDir, sql })
    expect(again.isNew).toBe(false)
    expect(await ask(again.uri, "SELECT to_regclass('kept')::text")).toBe('kept')
  })

  test.runIf(process.getuid?.() === 0)(
    'says why root cannot keep data in a folder that is closed to others',
    async () => {
      const closed = await mkdtemp(join(tmpdir(), 'rolecast-closed-'))
      const error = await startPostgres({ dataDir: join(closed, 'data') }).catch((e: unknown) => e)
      await rm(closed, { recursive: true })
      expect(error).toBeInstanceOf(EmbeddedPostgresError)
      expect((error as Error).message).toContain(`cannot enter ${closed}`)
    },
  )

  test('asks for a password over TCP', async () => {
    await using postgres = await startPostgres()
    await expect(ask(postgres.uriOf({ password: 'wrong' }), 'SELECT 1')).rejects.toThrow(
      /password authentication failed/,
    )
  })

  test('says why the server does not start', async () => {
    const error = await startPostgres({ settings: { shared_buffers: 'nonsense' } }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(EmbeddedPostgresError)
    expect((error as Error).message).toMatch(/invalid value for parameter "shared_buffers"/)
  })

  test('ends with a process that is killed', async () => {
    const built = new URL('../dist/index.js', import.meta.url)
    const script = `import { startPostgres } from ${JSON.stringify(built.href)}
      const { uri, dataDir } = await startPostgres()
      console.log(JSON.stringify({ uri, dataDir }))
      setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(holder.stdout, 'data')
    const { uri, dataDir } = JSON.parse(String(line))
    expect(await ask(uri, 'SELECT 1')).toBe(1)
    holder.kill('SIGKILL')
    await vi.waitFor(() => expect(existsSync(dirname(dataDir))).toBe(false), { timeout: 10_000, interval: 50 })
    await expect(ask(uri, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
  })
})
