import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The SQL files of a folder of migrations, in the order in which its tool runs them: Flyway's `V2__name.sql` by version
 * and `R__name.sql` after them; names that begin with a number by that number, as goose, dbmate, node-pg-migrate,
 * golang-migrate and Supabase have them; others by name. What takes a migration back is left out, and Prisma's folders have
 * a `migration.sql` each.
 *
 * @returns absolute paths; none where there is no migration
 */
export async function migrationFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.sql')).map(({ name }) => name)
  const run = names.filter((name) => !isUndo(name)).sort(byVersion)
  if (run.length > 0) return run.map((name) => join(folder, name))
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const inside = await Promise.all(folders.sort(byVersion).map((name) => readdir(join(folder, name))))
  return folders.flatMap((name, at) =>
    inside[at]?.includes('migration.sql') ? [join(folder, name, 'migration.sql')] : [],
  )
}

const isUndo = (name: string) => /\.down\.sql$/i.test(name) || /^U[\d._]+__/.test(name)

function byVersion(a: string, b: string): number {
  const [first, second] = [versionOf(a), versionOf(b)]
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const [left = -1n, right = -1n] = [first[at], second[at]]
    if (left !== right) return left < right ? -1 : 1
  }
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** Repeatable migrations come last, names without a version before them. */
const unversioned = 10n ** 30n

function versionOf(name: string): readonly bigint[] {
  if (/^R__/.test(name)) return [unversioned + 1n]
  const [, flyway, plain] = /^(?:[VB](\d+(?:[._]\d+)*)__|(\d+))/.exec(name) ?? []
  const version = flyway ?? plain
  return version === undefined ? [unversioned] : version.split(/[._]/).map(BigInt)
}
