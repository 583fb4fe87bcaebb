import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RoleUsage } from '@rolecast/audit'
import { printable } from '@rolecast/audit/printable'
import { writeWhole } from '../emit/write-file.js'
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
  await mkdir(dirname(path), { recursive: true }).catch((error: Error) => {
    throw new UsageError(`${path} cannot be written: ${error.message}`, { cause: error })
  })
  await writeWhole(path, text)
}
