// What a request costs: requests a second, latency, and CPU time of server and PostgreSQL, beside the same SQL sent
// straight through `pg` in the same run. `npm run -s bench -- server [--seconds N] [--connections N] [--only NAME]`
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startPostgres } from '@rolecast/embedded'
import { SignJWT } from 'jose'
import { printTable } from './report/table.mjs'
import { cpuOfTree } from './server/process-time.mjs'
import { workloads } from './server/workloads.mjs'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
  },
})
const round = (number, digits) => Number(number.toFixed(digits))
const here = (name) => fileURLToPath(new URL(`./server/${name}`, import.meta.url))
const secret = 'a-secret-of-the-benchmark-and-of-nothing-else'

const postgres = await startPostgres({ sql: [here('music-store.sql')], authentication: 'trust' })
const uri = postgres.uriOf({ user: 'authenticator' })
const postmaster = Number(readFileSync(join(postgres.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
const port = await freePort()
const server = spawn(process.execPath, [here('serve.mjs'), uri, String(port), secret], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
const token = await new SignJWT({ role: 'web_user' })
  .setProtectedHeader({ alg: 'HS256' })
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(secret))

const results = []
try {
  await untilAnswering(port)
  for (const [index, workload] of workloads.entries()) {
    if (!workload.name.includes(options.only)) continue
    await run('load.mjs', [port, index, 1, options.connections, token]) // warm up
    const before = [cpuOfTree(server.pid), cpuOfTree(postmaster)]
    const served = await run('load.mjs', [port, index, options.seconds, options.connections, token])
    const after = [cpuOfTree(server.pid), cpuOfTree(postmaster)]
    const failed = Object.entries(served.statuses).filter(([status]) => !status.startsWith('2'))
    if (failed.length > 0)
      throw new Error(
        `${workload.name}: answers with status ${failed.map(([status, n]) => `${status} (${n})`).join(', ')}`,
      )
    const direct = await run('direct.mjs', [uri, index, options.seconds, options.connections])
    results.push({
      workload: workload.name,
      requestsPerSecond: round(served.perSecond, 0),
      p50: round(served.p50, 2),
      p99: round(served.p99, 2),
      serverCpuMs: round((after[0] - before[0]) / served.requests, 3),
      postgresCpuMs: round((after[1] - before[1]) / served.requests, 3),
      directPerSecond: round(direct.perSecond, 0),
      ratio: round(served.perSecond / direct.perSecond, 2),
    })
    process.stderr.write(`${workload.name}: ${results.at(-1).requestsPerSecond}/s\n`)
  }
} finally {
  server.kill()
  await postgres.stop()
}

printTable([
  ['workload', 'requests/s', 'p50 ms', 'p99 ms', 'server CPU ms', 'PostgreSQL CPU ms', 'pg alone /s', 'ratio'],
  ...results.map((r) => [
    r.workload,
    r.requestsPerSecond,
    r.p50,
    r.p99,
    r.serverCpuMs,
    r.postgresCpuMs,
    r.directPerSecond,
    r.ratio,
  ]),
])
console.log(
  JSON.stringify({
    bench: 'server',
    seconds: Number(options.seconds),
    connections: Number(options.connections),
    results,
  }),
)

async function run(script, args) {
  const child = spawn(process.execPath, [here(script), ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${script} ended with ${code}`)
  return JSON.parse(output)
}

async function untilAnswering(port) {
  for (
    const deadline = Date.now() + 20_000;
    Date.now() < deadline;
    await new Promise((resolve) => setTimeout(resolve, 50))
  ) {
    const response = await fetch(`http://127.0.0.1:${port}/artist?limit=1`).catch(() => undefined)
    if (response?.ok) return
    if (server.exitCode !== null) throw new Error('the server ended instead of starting')
  }
  throw new Error('the server did not answer within 20 s')
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
