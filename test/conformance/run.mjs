// npm run -s conformance: a PostgreSQL with the fixture database, and the cases against our server as it is built.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'

const root = resolve(fileURLToPath(import.meta.url), '../../..')
const suite = resolve(root, '../shared/conformance')

if (!existsSync(join(suite, 'cases.json'))) {
  console.log('The conformance cases are not here (../shared/conformance), so there is nothing to run.')
  process.exit(0)
}

const { version, rest } = readArguments(process.argv.slice(2))
const postgres = await startPostgres({
  version,
  authentication: 'trust',
  settings: { shared_preload_libraries: 'pg_stat_statements', autovacuum: 'off' },
})
try {
  await load(postgres)
  process.exitCode = await run(postgres)
} finally {
  await postgres.stop()
}

/** `--postgres 15` is ours; everything else goes to the cases' own runner. */
function readArguments(all) {
  const at = all.indexOf('--postgres')
  if (at < 0) return { version: 18, rest: all }
  return { version: Number(all[at + 1]), rest: [...all.slice(0, at), ...all.slice(at + 2)] }
}

async function load(postgres) {
  await query(postgres.uri, readFileSync(join(suite, 'roles.sql'), 'utf8'))
  await query(
    postgres.uri,
    "create database conformance template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'",
    "alter database conformance set timezone = 'utc'",
    'alter database conformance set search_path = public, test',
    `alter database conformance set "request.jwt.claim.id" = '-1'`,
  )
  const database = postgres.uriOf({ database: 'conformance' })
  await query(database, readFileSync(join(suite, 'fixtures.sql'), 'utf8'))
  await query(database, 'vacuum analyze')
  await writeDump(database)
}

/** The file behind the fixtures' foreign table. */
async function writeDump(uri) {
  const columns = 'select id, name, client_id from test.projects order by id'
  await query(uri, `copy (${columns}) to '/tmp/projects_dump.csv' csv`).catch(({ message }) => console.error(message))
}

async function query(uri, ...statements) {
  const client = new pg.Client({ connectionString: uri })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function run(postgres) {
  const uri = `postgres://Postgrest_Test_Authenticator@${postgres.host}:${postgres.port}/conformance`
  const serve = join(root, 'test/conformance/serve.mjs')
  const child = spawn(
    process.execPath,
    [
      join(suite, 'run.mjs'),
      ...['--cases', join(suite, 'cases.json'), '--configs', join(suite, 'configs.json')],
      ...['--server', `exec ${quote(process.execPath)} ${quote(serve)} {config}`],
      ...['--pg-version', String(version), '--db-uri', uri],
      // One function of the fixtures computes for seconds, and more while other tests run.
      ...['--timeout', '60'],
      ...rest,
    ],
    { stdio: 'inherit' },
  )
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)))
}

function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
