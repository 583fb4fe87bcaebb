import { qualifiedName } from '@rolecast/catalog'
import { arrayLiteral } from '@rolecast/grammar'
import { noNames, type VisibleNames, visibleNamesText } from '../plan/visible-names.js'
import type { Connection } from '../postgres/connection.js'
import type { Pool } from '../postgres/pool.js'

/** Roles whose visible names are kept. */
const maximumRoles = 100

/** Names that roles may know of, each asked for once. */
export class VisibleNamesByRole {
  private readonly known = new Map<string, Promise<VisibleNames>>()

  constructor(
    private readonly pool: Pool,
    private readonly schemas: readonly string[],
  ) {}

  /** No names where they cannot be read. */
  to(role: string): Promise<VisibleNames> {
    const known = this.known.get(role)
    if (known !== undefined) return known
    const names = this.pool
      .withConnection((connection) => readVisibleNames(connection, role, this.schemas), null)
      .catch(() => {
        this.known.delete(role)
        return noNames
      })
    if (this.known.size < maximumRoles) this.known.set(role, names)
    return names
  }
}

/** Asks PostgreSQL, as the role, for the names that it may know of. */
async function readVisibleNames(
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
