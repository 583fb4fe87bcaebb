// npm run -s bench -- attacks [--repeat N]
// How long hostile requests take, how long an ordinary request waits behind each, and how soon PostgreSQL stops working
// for a client that has left. Every attack of test/attacks is sent; the slowest are shown.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { loadAttacks } from './lib/attacks.mjs'
import { printTable } from './report/table.mjs'

const bounds = { answer: 1_000, cancel: 250 } // milliseconds
const { values: options } = parseArgs({ options: { repeat: { type: 'string', default: '3' } } })
const repeat = Number(options.repeat)
const path = (name) => fileURLToPath(new URL(name, import.meta.url))

const { attacks, bytesOf, exchange } = await loadAttacks()
const postgres = await startPostgres({ authentication: 'trust', sql: [path('../attacks/target.sql')] })
const owner = new pg.Client({ connectionString: postgres.uri })
let server
try {
  await owner.connect()
  const config = {
    dbUri: postgres.uriOf({ user: 'gate' }),
    dbSchemas: ['api'],
    dbExtraSearchPath: [],
    dbAnonRole: 'visitor',
    dbConfig: false,
    dbChannelEnabled: false,
    logLevel: 'crit',
    serverMaxBodySize: 262_144,
  }
  server = spawn(process.execPath, [path('server/serve.mjs'), JSON.stringify(config)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise((resolve) => server.stdout.setEncoding('utf8').once('data', (text) => resolve(+text)))
  console.log(`load average ${loadavg()[0]?.toFixed(1)} before\n`)

  const ordinary = bytesOf({ target: '/items?select=id&id=eq.1' })
  for (let n = 0; n < 200; n += 1) await exchange(port, ordinary)
  const measured = []
  for (const attack of attacks) measured.push(await measure(port, attack, ordinary))
  const cancels = []
  for (let n = 0; n < 10 * repeat; n += 1) cancels.push(await leave(port))
  print(measured, cancels)
} finally {
  if (server?.kill('SIGTERM')) await once(server, 'exit')
  await owner.end()
  await postgres.stop()
}

/** The longest of several times, of the attack and of an ordinary request that comes right after it. */
async function measure(port, { number, title, send }, ordinary) {
  const bytes = Buffer.isBuffer(send) ? send : bytesOf(send)
  const figures = { number, title, answer: 0, other: 0, status: 0 }
  for (let n = 0; n < repeat; n += 1) {
    const attack = exchange(port, bytes, { patience: 60_000 })
    const other = await exchange(port, ordinary, { patience: 60_000 })
    const reply = await attack
    figures.answer = Math.max(figures.answer, reply.took)
    figures.other = Math.max(figures.other, other.took)
    figures.status = reply.status
  }
  return figures
}

/** Milliseconds from a client's leaving until PostgreSQL does nothing for it any more. */
async function leave(port) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(bytesOf({ method: 'POST', target: '/rpc/slow', body: '{"seconds":30}' }))
  while ((await working()) === 0) await delay(2)
  const left = performance.now()
  socket.destroy()
  while ((await working()) > 0) await delay(1)
  return performance.now() - left
}

async function working() {
  const { rows } = await owner.query(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = 'gate' AND state = 'active'`,
  )
  return rows[0].count
}

function print(measured, cancels) {
  const slowest = [...measured].sort((a, b) => b.answer - a.answer).slice(0, 15)
  const ms = (value) => value.toFixed(1)
  printTable([
    ['attack', 'status', 'answered ms', 'others wait ms'],
    ...slowest.map(({ number, title, status, answer, other }) => [`${number} ${title}`, status, ms(answer), ms(other)]),
  ])
  const answer = Math.max(...measured.map((one) => one.answer))
  const other = Math.max(...measured.map((one) => one.other))
  const cancel = Math.max(...cancels)
  console.log('')
  printTable([
    [`of ${measured.length} attacks, ${cancels.length} clients that leave`, 'worst ms', 'bound ms'],
    ['an attack is answered', ms(answer), bounds.answer],
    ['an ordinary request behind it is answered', ms(other), bounds.answer],
    ['the query of a client that left has ended', ms(cancel), bounds.cancel],
  ])
  const isWithin = Math.max(answer, other) <= bounds.answer && cancel <= bounds.cancel
  console.log('')
  console.log(JSON.stringify({ bench: 'attacks', isWithin, answer, other, cancel, slowest }))
}
