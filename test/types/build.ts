import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appPackages, buildCommonJs } from '../../scripts/commonjs.mjs'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

/** The compiler that `scripts/workspace.mjs` builds with: another version would build everything anew. */
export const tsc = fileURLToPath(new URL('../../node_modules/typescript-7/bin/tsc', import.meta.url))

/** Compiles what the generated clients of these tests import, as their users have it, where it is older than its source. */
export function buildRuntime(): void {
  if (['grammar', 'client'].every((name) => newest(join(packages, name, 'src')) < built(name))) return
  execFileSync(process.execPath, [tsc, '--build', join(packages, 'client')])
  for (const folder of appPackages) buildCommonJs(folder)
}

function built(name: string): number {
  return statSync(join(packages, name, 'tsconfig.tsbuildinfo'), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs))
}
