import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RoleUsage } from '@rolecast/audit'
import { printable } from '@rolecast/audit/printable'
import { UsageError } from '../errors.js'

/** The SQL that narrows the grants of some roles, as one transaction. */
export function narrowingMigration(roles: readonly RoleUsage[]): string {
  const parts = roles.flatMap(({ role, sql, notes }) => [
    `-- ${printable(role)}`,
    ...notes.map((note) => `-- ${printable(note)}`),
    ...(sql.length === 0 ? ['-- It has nothing of its own that it does not use.'] : sql.map((text) => `${text};`)),
    '',
  ])
  return [
    '-- Leaves each role what its apps use, as `rolecast least-privilege` found it.',
    'BEGIN;',
    '',
    ...parts,
    'COMMIT;',
    '',
  ].join('\n')
}

/**
 * Writes a file that must not be there yet, as a whole or not at all.
 *
 * @throws UsageError
 */
export async function writeMigration(path: string, text: string): Promise<void> {
  if ((await stat(path).catch(() => null)) !== null) {
    throw new UsageError(`${path} is there already. Nothing was written.`)
  }
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, text, { flag: 'wx' })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}`, { cause: error })
  }
}
