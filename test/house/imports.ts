import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** One import inside a package. Paths are relative to the package's `src`. */
export interface Import {
  readonly from: string
  readonly to: string
}

/** Every relative import, types included, between the sources of a package; tests and fixtures are left out. */
export function importsOf(packageFolder: string): Import[] {
  const src = join(root, packageFolder, 'src')
  return sourcesIn(src).flatMap((file) =>
    ts
      .preProcessFile(readFileSync(file, 'utf8'), true, true)
      .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName }) => ({
        from: relative(src, file),
        to: relative(src, resolve(dirname(file), fileName)).replace(/\.js$/, '.ts'),
      })),
  )
}

/** The folder of a path inside `src`, one level deep: its stage. Empty for files that stand in `src` itself. */
export function stageOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : ''
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesIn(path)
    return /\.ts$/.test(entry.name) && !/\.(test|fixture|test-d)\.ts$/.test(entry.name) ? [path] : []
  })
}
