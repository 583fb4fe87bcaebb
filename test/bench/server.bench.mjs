// npm run -s bench -- server [--seconds N] [--connections N] [--only TEXT]
// Requests a second, latency and CPU time of the server and of PostgreSQL, per kind of request, next to the same SQL
// sent straight through pg in the same run. Server, PostgreSQL and load generator share the machine's processors: of a
// busy one the CPU times say more than the requests a second.
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { cpuOf, cpuOfFamily } from './server/cpu.mjs'
import { workloads } from './server/workloads.mjs'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
    // folder for a CPU profile of the server
    profile: { type: 'string' },
  },
})
const milliseconds = Number(options.seconds) * 1000
const connections = Number(options.connections)
const jwtSecret = 'a secret of the benchmark, thirty-two bytes or more'
const script = (name) => fileURLToPath(new URL(`./server/${name}`, import.meta.url))

const postgres = await startPostgres({ authentication: 'trust', settings: { jit: 'off' } })
const postmaster = Number(readFileSync(`${postgres.dataDir}/postmaster.pid`, 'utf8').split('\n')[0])
let server
try {
  const owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query(readFileSync(script('music.sql'), 'utf8'))
  await owner.query('vacuum analyze')
  await owner.end()

  const dbUri = postgres.uriOf({ user: 'authenticator' })
  const config = { dbUri, dbSchemas: ['api'], dbAnonRole: 'web_anon', jwtSecret, dbPool: 10, dbConfig: false }
  const profiling = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]
  server = spawn(process.execPath, [...profiling, script('serve.mjs'), JSON.stringify(config)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = Number(await firstLine(server.stdout))

  console.log(`${availableParallelism()} processors, load average ${loadavg()[0]?.toFixed(1)} before\n`)
  await load({ port, requests: requestsOf(workloads[0]), connections, milliseconds: 2_000 }) // until its code is compiled
  const results = []
  for (const workload of workloads.filter(({ name }) => name.includes(options.only))) {
    results.push({ ...(await measure(workload, port)), direct: await measureDirect(workload) })
  }
  print(results)
} finally {
  if (server?.kill('SIGTERM')) await once(server, 'exit')
  await postgres.stop()
}

async function measure(workload, port) {
  const task = { port, requests: requestsOf(workload), connections }
  await load({ ...task, milliseconds: 1_000 })
  const before = { server: cpuOf(server.pid), postgres: cpuOfFamily(postmaster) }
  const { requests, wrong, firstWrong, p50, p99, cpu, seconds } = await load({ ...task, milliseconds })
  if (wrong > 0) throw new Error(`${workload.name}: ${wrong} of ${requests} failed: ${firstWrong}`)
  return {
    name: workload.name,
    perSecond: requests / seconds,
    p50,
    p99,
    serverCpu: (cpuOf(server.pid) - before.server) / requests,
    postgresCpu: (cpuOfFamily(postmaster) - before.postgres) / requests,
    loadCpu: cpu / requests,
  }
}

/** The same SQL from a program of its own would use: a pool of named statements, as the role, without settings. */
async function measureDirect({ sql: { text, values } }) {
  const uri = `${postgres.uriOf({ user: 'authenticator' })}?options=-c%20role%3Dweb_anon`
  const pool = new pg.Pool({ connectionString: uri, max: 10 })
  pool.on('error', () => {}) // the database stops before the last connection has ended
  const until = (end) => async () => {
    let done = 0
    for (; performance.now() < end; done += 1) await pool.query({ name: 'direct', text, values: values(done) })
    return done
  }
  await Promise.all(Array.from({ length: 10 }, until(performance.now() + 300)))
  const start = performance.now()
  const counts = await Promise.all(Array.from({ length: 10 }, until(start + milliseconds / 2)))
  const seconds = (performance.now() - start) / 1000
  await pool.end()
  return counts.reduce((a, b) => a + b, 0) / seconds
}

/** More than there are rows that they ask for. */
function requestsOf(workload) {
  return Array.from({ length: 400 }, (_, n) => requestText(workload, n))
}

function requestText({ method = 'GET', path, headers = {}, body, token = false }, n) {
  const content = body?.(n) ?? ''
  const all = {
    Host: '127.0.0.1',
    Accept: 'application/json',
    ...headers,
    ...(token ? { Authorization: `Bearer ${signToken({ role: 'web_user', sub: '42' })}` } : {}),
    ...(content === '' ? {} : { 'Content-Length': Buffer.byteLength(content) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path(n)} HTTP/1.1\r\n${lines.join('')}\r\n${content}`
}

function signToken(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600 })}`
  return `${signed}.${createHmac('sha256', jwtSecret).update(signed).digest('base64url')}`
}

function load(task) {
  const child = spawn(process.execPath, [script('load.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(task))
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error('The load generator failed.')),
    )
  })
}

function firstLine(stream) {
  return new Promise((resolve) => {
    stream.setEncoding('utf8').once('data', resolve)
  })
}

function print(results) {
  const columns = ['req/s', 'p50 ms', 'p99 ms', 'server ms', 'pg ms', 'load ms', 'direct/s', 'ratio']
  console.log('request'.padEnd(28) + columns.map((name) => name.padStart(11)).join(''))
  for (const { name, perSecond, p50, p99, serverCpu, postgresCpu, loadCpu, direct } of results) {
    const figures = [
      perSecond.toFixed(0),
      p50.toFixed(2),
      p99.toFixed(2),
      serverCpu.toFixed(3),
      postgresCpu.toFixed(3),
      loadCpu.toFixed(3),
      direct.toFixed(0),
      (perSecond / direct).toFixed(2),
    ]
    console.log(name.padEnd(28) + figures.map((figure) => figure.padStart(11)).join(''))
  }
  console.log(
    '\nserver ms, pg ms, load ms: CPU time per request, the last of the load generator. direct/s: the same SQL through pg, ratio: to it.',
  )
  console.log(JSON.stringify({ bench: 'server', seconds: milliseconds / 1000, results }))
}
