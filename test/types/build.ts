import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Compiles what the generated clients of these tests import, as their users have it. Quick where nothing changed. */
export function buildRuntime(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '--build', fileURLToPath(new URL('../../packages/client', import.meta.url))])
}
