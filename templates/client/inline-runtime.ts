import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import type { EmittedFile } from './options.js'

const require = createRequire(import.meta.url)

/** The packages that the runtime is made of, and the folder below `runtime/` that each gets. */
const packages = new Map([
  ['@rolecast/client', ''],
  ['@rolecast/grammar', 'grammar/'],
])
const specifier = /(\b(?:from|import)\s*\(?\s*['"])([^'"]+)(['"])/g

/**
 * The runtime as files of the client's own, for `runtime: 'inline'`: `runtime/index.js` and what it imports, with types.
 * Reads the installed packages, which must be built; the same bytes for every role.
 */
export function inlineRuntime(): EmittedFile[] {
  const files = new Map<string, string>()
  const seen = new Set<string>()
  // compiled, whatever the conditions are that packages are resolved with here
  const rootOf = (name: string) => join(dirname(require.resolve(name)), '../dist')
  const clientRoot = rootOf('@rolecast/client')
  visit(join(clientRoot, 'index.js'), clientRoot, '')
  visit(join(clientRoot, 'index.d.ts'), clientRoot, '')
  return [...files]
    .map(([path, content]) => ({ path: `runtime/${path}`, content }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))

  /** Copies a module and what it imports. `root`: its package's folder; `folder`: where that goes. */
  function visit(file: string, root: string, folder: string): void {
    if (seen.has(file)) return
    seen.add(file)
    const path = folder + relative(root, file).split(sep).join('/')
    const isTypes = file.endsWith('.d.ts')
    const text = readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*\n?/gm, '')
    const content = text.replace(specifier, (_, before: string, name: string, after: string) => {
      const target = packages.get(name)
      if (target !== undefined) {
        const packageRoot = rootOf(name)
        visit(join(packageRoot, isTypes ? 'index.d.ts' : 'index.js'), packageRoot, target)
        const to = posix.relative(posix.dirname(path), `${target}index.js`)
        return before + (to.startsWith('.') ? to : `./${to}`) + after
      }
      if (name.startsWith('.')) {
        const imported = join(dirname(file), name)
        visit(isTypes ? imported.replace(/\.js$/, '.d.ts') : imported, root, folder)
      }
      return before + name + after
    })
    files.set(path, content)
  }
}
