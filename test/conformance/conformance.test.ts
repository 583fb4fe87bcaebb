import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const cases = new URL('../../../shared/conformance/cases.json', import.meta.url)
const hasCases = existsSync(cases)
if (!hasCases) console.log('The conformance cases are not here (../shared/conformance): that test is left out.')

test.skipIf(!hasCases)('every conformance case passes', { timeout: 300_000 }, async () => {
  const run = promisify(execFile)
  await run(process.execPath, ['scripts/run.mjs', 'build'], { cwd: root })
  const { stdout } = await run(process.execPath, ['test/conformance/run.mjs'], { cwd: root }).catch(
    (error: { stdout: string }) => error,
  )
  expect(stdout).toMatch(/\n(\d+)\/\1 passed/)
})
