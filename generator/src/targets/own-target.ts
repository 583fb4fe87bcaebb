import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Target } from '@rolecast/templates'
import { importDefault } from '../config/import-module.js'
import { UsageError } from '../errors.js'

const targetName = /^[A-Za-z][\w-]*$/

/**
 * Loads a target of the project's own.
 *
 * @param path as the configuration says it, relative to `folder`
 * @throws UsageError when there is no such file, when it cannot be loaded, or when it exports no target
 */
export async function loadOwnTarget(path: string, folder: string): Promise<Target> {
  const file = resolve(folder, path)
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`targets: there is no file ${file}.`)
  }
  const exported = await importDefault(file)
  if (!isTarget(exported)) {
    throw new UsageError(
      `${file} exports no target. It should say: export default defineTarget({ name: 'my-target', options, emit })`,
    )
  }
  if (!targetName.test(exported.name)) {
    throw new UsageError(
      `${file}: a target cannot be called ${JSON.stringify(exported.name)}: its name is a key of the configuration, made of letters, digits, - and _.`,
    )
  }
  return exported
}

function isTarget(value: unknown): value is Target {
  if (value === null || typeof value !== 'object') return false
  const { name, options, emit } = value as Partial<Record<keyof Target, unknown>>
  const isSchema = options !== null && typeof options === 'object' && 'safeParse' in options
  return typeof name === 'string' && typeof emit === 'function' && isSchema
}
