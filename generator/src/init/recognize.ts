import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { presetOf } from '../presets/presets.js'

/** What a folder looks like: where its database's schema is written down. */
export type Recognized =
  | { readonly kind: 'supabase' }
  | { readonly kind: 'sql'; readonly path: string }
  | { readonly kind: 'unknown' }

/** Where projects keep migrations, the likelier first. */
const usualFolders = ['db/migrations', 'migrations', 'prisma/migrations', 'drizzle', 'sql']
const usualFiles = ['db/schema.sql', 'schema.sql', 'structure.sql']

export function recognize(folder: string): Recognized {
  if (presetOf(folder) !== undefined) return { kind: 'supabase' }
  const isFolder = (path: string) => statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory() === true
  const hasSql = (path: string) =>
    readdirSync(join(folder, path), { recursive: true }).some((name) => String(name).endsWith('.sql'))
  const path =
    usualFolders.find((name) => isFolder(name) && hasSql(name)) ??
    usualFiles.find((name) => existsSync(join(folder, name)))
  return path === undefined ? { kind: 'unknown' } : { kind: 'sql', path }
}
