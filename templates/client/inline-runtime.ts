import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import type { EmittedFile } from './options.js'

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
  const clientRoot = builtPackage('@rolecast/client', import.meta.url)
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
        const packageRoot = builtPackage(name, join(clientRoot, 'index.js'))
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

/** The compiled files of a package, as a module at `from` finds it, whatever the conditions of resolution are here. */
function builtPackage(name: string, from: string): string {
  return join(dirname(createRequire(from).resolve(name)), '../dist')
}
