import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders: Readonly<Record<string, string>> = {
  rolecast: 'generator',
  '@rolecast/audit': 'packages/audit',
  '@rolecast/catalog': 'packages/catalog',
  '@rolecast/client': 'packages/client',
  '@rolecast/connect': 'packages/connect',
  '@rolecast/embedded': 'packages/embedded',
  '@rolecast/grammar': 'packages/grammar',
  '@rolecast/server': 'packages/server',
  '@rolecast/templates': 'templates',
}

export interface Manifest {
  readonly name: string
  readonly files: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/**
 * Installs a package of this workspace into a project as npm would from its tarball: the files that it says it has, and
 * below it the packages that it says it needs, and nothing else.
 */
export function install(project: string, name: string): void {
  const to = join(project, 'node_modules', name)
  if (existsSync(to)) return
  const from = join(root, folders[name] ?? '')
  copyPackage(from, to)
  const { dependencies, optionalDependencies } = manifestIn(from)
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
    if (needed in folders) install(project, needed)
    else if (needed.startsWith('@rolecast/')) throw new Error(`${name} needs ${needed}, whose folder is not known here`)
    else link(join(from, 'node_modules', needed), join(to, 'node_modules', needed))
  }
}

/** What a tarball of the package holds. */
export function copyPackage(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const path of ['package.json', ...manifestIn(from).files])
    cpSync(join(from, path), join(to, path), { recursive: true })
}

/** What every project in Node has besides. */
export function linkTypesOfNode(project: string): void {
  link(join(root, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'))
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'dir')
}
