import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../errors.js'

const fileNames = [
  'rolecast.config.ts',
  'rolecast.config.mts',
  'rolecast.config.js',
  'rolecast.config.mjs',
  'rolecast.config.json',
]

/** The configuration file of `cwd`, or undefined where there is none. */
export function findConfigIn(cwd: string): string | undefined {
  return fileNames.map((name) => resolve(cwd, name)).find(isFile)
}

/** The configuration file that is named, or that of `cwd`. */
export function findConfig(given: string | undefined, cwd: string): string {
  if (given !== undefined) {
    const file = resolve(cwd, given)
    if (!isFile(file)) throw new UsageError(`There is no configuration file ${file}.`)
    return file
  }
  const found = findConfigIn(cwd)
  if (found === undefined) {
    throw new UsageError(
      `No rolecast.config.ts in ${cwd}. Write one (see \`rolecast generate --help\`), or name one with --config FILE.`,
    )
  }
  return found
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
