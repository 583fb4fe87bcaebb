import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { type Festival, openFestival } from './festival.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = fileURLToPath(new URL('./serve-cluster.mjs', import.meta.url))

let festival: Festival
let serving: ChildProcess
let output = ''
let url: string
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['scripts/run.mjs', 'build'], { cwd: root })
  festival = await openFestival()
  const serverPort = await freePort()
  url = `http://127.0.0.1:${serverPort}`
  const options = { ...festival.options, serverPort, serverHost: '127.0.0.1' }
  serving = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
  serving.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  await vi.waitFor(() => expect(workers()).toHaveLength(2), { timeout: 20_000 })
})
afterAll(async () => {
  serving?.kill('SIGKILL')
  await festival?.close()
})

const workers = () => [...output.matchAll(/ready (\d+)/g)].map(([, pid]) => Number(pid))

test('two processes answer on one port', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${url}/stages?select=id`)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
})

test('SIGUSR1 makes both read the schema', async () => {
  const owner = new pg.Client({ connectionString: festival.postgres.uri })
  await owner.connect()
  await owner.query('CREATE TABLE fest.signalled (id integer); GRANT SELECT ON fest.signalled TO visitor')
  await owner.end()
  expect((await fetch(`${url}/signalled`)).status).toBe(404)
  serving.kill('SIGUSR1')
  await vi.waitFor(
    async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${url}/signalled`)))
      expect(answers.every(({ status }) => status === 200)).toBe(true)
    },
    { timeout: 10_000 },
  )
})

test('a worker that is killed is replaced, however young it is', { timeout: 30_000 }, async () => {
  const [first = 0] = workers()
  process.kill(first, 'SIGKILL')
  await vi.waitFor(() => expect(workers()).toHaveLength(3), { timeout: 15_000 })
  expect((await fetch(`${url}/stages`)).status).toBe(200)
})

test('SIGTERM ends all of them', async () => {
  const exited = once(serving, 'exit')
  serving.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})
