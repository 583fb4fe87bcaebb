// A build for `require` beside the ESM one, of the packages that apps import: dist/ -> dist/cjs/.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Packages that run in an app, which may be CommonJS. */
export const appPackages = ['packages/grammar', 'packages/client']

/**
 * Translates a package's built modules. Types are the same text: they have no syntax of either kind of module, but for what
 * they import from ky, which is ESM alone and so is named as such.
 */
export function buildCommonJs(folder) {
  const ts = createRequire(join(root, 'package.json'))('typescript')
  const dist = join(root, folder, 'dist')
  const target = join(dist, 'cjs')
  rmSync(target, { recursive: true, force: true })
  for (const file of readdirSync(dist, { recursive: true })) {
    const write = (text) => {
      mkdirSync(dirname(join(target, file)), { recursive: true })
      writeFileSync(join(target, file), text)
    }
    const read = () => readFileSync(join(dist, file), 'utf8').replace(/^\/\/# sourceMappingURL=.*\n?/gm, '')
    if (file.endsWith('.d.ts')) write(read().replace(/(from 'ky')/g, "$1 with { 'resolution-mode': 'import' }"))
    else if (file.endsWith('.js')) write(translated(ts, read()))
  }
  writeFileSync(join(target, 'package.json'), '{ "type": "commonjs" }\n')
}

function translated(ts, text) {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true }
  return ts.transpileModule(text, { compilerOptions }).outputText
}
