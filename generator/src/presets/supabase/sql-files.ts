import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { UsageError } from '../../errors.js'
import type { ConfigToml } from './config-toml.js'

/** SQL files of a project, as absolute paths in the order in which they are run. */
export interface ProjectFiles {
  readonly migrations: readonly string[]
  readonly seeds: readonly string[]
  readonly remarks: readonly string[]
}

export const noFiles: ProjectFiles = { migrations: [], seeds: [], remarks: [] }

/**
 * Migrations by version, which their names begin with. A project without any has its declared schemas instead.
 *
 * @throws UsageError where there is nothing to load
 */
export async function projectFiles(folder: string, { db }: ConfigToml): Promise<ProjectFiles> {
  const base = join(folder, 'supabase')
  const names = await readdir(join(base, 'migrations')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new UsageError(`${join(base, 'migrations')} cannot be read: ${error.message}`, { cause: error })
  })
  const all = names.filter((name) => name.endsWith('.sql')).sort()
  const versioned = all.filter((name) => /^\d+_/.test(name))
  const others = all.filter((name) => !versioned.includes(name))
  const declared = versioned.length > 0 ? [] : await matching(db?.migrations?.schema_paths ?? [], base)
  const migrations = [...versioned.map((name) => join(base, 'migrations', name)), ...declared]
  if (migrations.length === 0) {
    throw new UsageError(
      `There is no migration in ${join(base, 'migrations')}: their names are VERSION_name.sql. ` +
        'Make one with `supabase db pull`, or name a running database with --db URI.',
    )
  }
  const seeds = db?.seed?.enabled === false ? [] : await matching(db?.seed?.sql_paths ?? ['./seed.sql'], base)
  const remarks = others.map((name) => `without supabase/migrations/${name}: its name does not begin with VERSION_`)
  return { migrations, seeds, remarks }
}

/** Files that are there, of paths and patterns, each list by name; the tool does not mind those that are not. */
async function matching(patterns: readonly string[], folder: string): Promise<readonly string[]> {
  const files: string[] = []
  for (const pattern of patterns) {
    const plain = pattern.replace(/^\.\//, '')
    const found = isDynamicPattern(plain)
      ? await glob(plain, { cwd: folder, absolute: true, expandDirectories: false })
      : await glob(plain.replace(/[\\()[\]{}!*?+@|]/g, '\\$&'), {
          cwd: folder,
          absolute: true,
          expandDirectories: false,
        })
    files.push(...found.map((file) => resolve(file)).sort())
  }
  return [...new Set(files)]
}
