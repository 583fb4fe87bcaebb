import { qualifiedName } from '@rolecast/catalog'
import { arrayLiteral } from '@rolecast/grammar'
import { type VisibleNames, visibleNamesText } from '../plan/visible-names.js'
import type { Connection } from './connection.js'

/** Asks PostgreSQL, as the role, for the names that it may know of. */
export async function readVisibleNames(
  connection: Connection,
  role: string,
  schemas: readonly string[],
): Promise<VisibleNames> {
  const [, rows = []] = await connection.run([
    { text: `SELECT set_config('role', $1, true), set_config('transaction_read_only', 'on', true)`, values: [role] },
    { text: visibleNamesText, values: [arrayLiteral([...schemas])] },
  ])
  const named = (kind: string) =>
    new Set(rows.filter(([of]) => of === kind).map(([, schema, name]) => qualifiedName(schema ?? '', name ?? '')))
  return { relations: named('relation'), routines: named('routine') }
}
