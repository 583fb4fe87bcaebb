// npm run -s bench -- growth [--tables N] [--server FOLDER]
// What grows with the size of the schema, of an answer, and of a body: an unknown table among many, CSV answers, and how
// long other requests stall while a large body is read. --server names another build of the server, to compare with.
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'

const { values: options } = parseArgs({
  options: { tables: { type: 'string', default: '5000' }, server: { type: 'string' } },
})
const tables = Number(options.tables)
const { createServer } = await import(
  options.server === undefined ? '@rolecast/server' : pathToFileURL(`${options.server}/dist/index.js`).href
)

const postgres = await startPostgres({ authentication: 'trust', settings: { jit: 'off', fsync: 'off' } })
let server
try {
  await prepare()
  server = await createServer({
    dbUri: postgres.uri,
    dbSchemas: ['api'],
    dbAnonRole: 'web_anon',
    dbConfig: false,
    dbChannelEnabled: false,
    serverMaxBodySize: 2 ** 26,
    log: () => {},
  })
  const results = {
    [`unknown table among ${tables}, ms`]: await unknownTable(),
    'CSV of 10,000 rows, ms': await answer('text/csv', 10_000),
    'CSV of 100,000 rows, ms': await answer('text/csv', 100_000),
    'JSON of 100,000 rows, ms': await answer('application/json', 100_000),
    'stall by a CSV body of 50,000 rows, ms': await stall('text/csv', csvBody()),
    'stall by a JSON body of 50,000 rows, ms': await stall('application/json', jsonBody()),
  }
  for (const [name, value] of Object.entries(results)) console.log(name.padEnd(44) + value.toFixed(2).padStart(10))
  console.log(JSON.stringify({ bench: 'growth', results }))
} finally {
  await server?.close()
  await postgres.stop()
}

async function prepare() {
  const owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query('CREATE ROLE web_anon NOLOGIN; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO web_anon')
  for (let start = 0; start < tables; start += 500) {
    const names = Array.from({ length: Math.min(500, tables - start) }, (_, n) => `customer_orders_${start + n}`)
    await owner.query(names.map((name) => `CREATE TABLE api.${name} (id int);`).join(''))
  }
  await owner.query(`
    CREATE TABLE api.line (id int PRIMARY KEY, name text, price numeric, note text);
    INSERT INTO api.line SELECT n, 'line ' || n, n / 7.0, 'a, "b"' FROM generate_series(1, 100000) AS n;
    CREATE TABLE api.taken (id int, name text, note text);
    GRANT SELECT ON ALL TABLES IN SCHEMA api TO web_anon;
    GRANT INSERT ON api.taken TO web_anon;`)
  await owner.query('VACUUM ANALYZE api.line')
  await owner.end()
}

/** Different names each time, so that none is remembered. */
async function unknownTable() {
  await ask('/customer_ordrs_0') // asks what the role may know of
  return median(200, (n) => ask(`/customer_ordrs_${7 * n}`))
}

function answer(accept, rows) {
  return median(5, () => ask(`/line?limit=${rows}`, { headers: { Accept: accept } }))
}

/** The longest time that the loop had for nobody else while the body was taken. */
async function stall(type, body) {
  const longest = []
  for (let round = 0; round < 5; round += 1) {
    let last = performance.now()
    let gap = 0
    const timer = setInterval(() => {
      const now = performance.now()
      gap = Math.max(gap, now - last)
      last = now
    }, 1)
    await ask('/taken', { method: 'POST', headers: { 'Content-Type': type }, body })
    clearInterval(timer)
    longest.push(gap)
  }
  return longest.sort((a, b) => a - b)[2]
}

function csvBody() {
  const lines = Array.from({ length: 50_000 }, (_, n) => `${n},the name of ${n},"a note, ""quoted"" ${n}"`)
  return `id,name,note\n${lines.join('\n')}\n`
}

function jsonBody() {
  return JSON.stringify(
    Array.from({ length: 50_000 }, (_, n) => ({ id: n, name: `the name of ${n}`, note: `a note, "quoted" ${n}` })),
  )
}

async function ask(path, init) {
  const response = await server.fetch(new Request(`http://api${path}`, init))
  await response.arrayBuffer()
}

async function median(rounds, work) {
  const times = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await work(round)
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]
}
