import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDatabase, type TestDatabase } from '../client/database.js'
import { app, bundle, expected } from './bundle.js'

/** Where other runtimes may be: the variable says the program; otherwise it is looked for by its name. */
const runtimes = [
  {
    name: 'Deno',
    program: process.env.DENO ?? 'deno',
    run: ['run', '--quiet', '--no-prompt', '--allow-net=127.0.0.1'],
  },
  { name: 'Bun', program: process.env.BUN ?? 'bun', run: ['run'] },
].map((runtime) => {
  const isThere = spawnSync(runtime.program, ['--version']).status === 0
  if (!isThere)
    console.warn(`skipped: the test in ${runtime.name} needs it (${runtime.name.toUpperCase()}=/path/to/it)`)
  return { ...runtime, isThere }
})

describe.skipIf(runtimes.every(({ isThere }) => !isThere))('other runtimes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecast-runtimes-'))
  const script = join(folder, 'app.mjs')
  let database: TestDatabase
  let port: number
  beforeAll(async () => {
    database = await startDatabase()
    port = await (await database.serve('clerk')).listen(0, '127.0.0.1')
    const code = await bundle(app)
    const url = JSON.stringify(`http://127.0.0.1:${port}`)
    writeFileSync(script, `${code}\nconsole.log(JSON.stringify(await app.run(${url})))\n`)
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await database[Symbol.asyncDispose]()
  })

  for (const { name, program, run, isThere } of runtimes) {
    test.skipIf(!isThere)(name, async () => {
      const { stdout } = await promisify(execFile)(program, [...run, script], { cwd: folder })
      expect(JSON.parse(stdout)).toEqual(expected)
    })
  }
})
