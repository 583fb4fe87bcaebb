import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { startDatabase } from '../client/database.js'
import { app, bundle, expected } from './bundle.js'

/** Cloudflare's runtime: the path of its program, if there is one that runs on this machine. */
function findWorkerd(): string | undefined {
  try {
    const program: string = createRequire(import.meta.url)('workerd').default
    execFileSync(program, ['--version'], { stdio: 'pipe' })
    return program
  } catch (cause) {
    console.warn(`skipped: the test in workerd: ${(cause as Error).message}`)
    return undefined
  }
}
const program = findWorkerd() ?? ''

const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "app", worker = .app), (name = "network", network = (allow = ["private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "app")],
);
const app :Workerd.Worker = (
  modules = [(name = "app", esModule = embed "app.mjs")],
  compatibilityDate = "2024-11-01",
  globalOutbound = "network",
);
`

test.skipIf(!program)('Cloudflare’s workerd', { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecast-workerd-'))
  await using database = await startDatabase()
  const api = `http://127.0.0.1:${await (await database.serve('clerk')).listen(0, '127.0.0.1')}`
  writeFileSync(join(folder, 'config.capnp'), config)
  writeFileSync(
    join(folder, 'app.mjs'),
    `${await bundle(app)}\nexport default { fetch: async () => Response.json(await app.run(${JSON.stringify(api)})) }\n`,
  )
  const worker = spawn(program, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  try {
    const [line] = await once(worker.stdio[3] as Readable, 'data')
    const response = await fetch(`http://127.0.0.1:${JSON.parse(String(line)).port}`)
    expect(await response.json()).toEqual(expected)
  } finally {
    worker.kill()
    rmSync(folder, { recursive: true })
  }
})
