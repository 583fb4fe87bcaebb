import { quoteIdentifier } from '@rolecast/catalog'
import type { Grant } from './grants.js'

const onWhat = { relation: '', sequence: 'SEQUENCE ', routine: 'ROUTINE ', schema: 'SCHEMA ' } as const

/**
 * The statements that leave of these grants only those that are kept. What was granted on a whole relation is revoked and
 * granted on the columns that remain; where all of them do, it stays as it is.
 */
export function narrowingSql(grants: readonly Grant[], isKept: (grant: Grant) => boolean): readonly string[] {
  const groups = new Map<string, Grant[]>()
  for (const grant of grants) {
    const key = JSON.stringify([grant.grantee, grant.kind, grant.object])
    groups.set(key, [...(groups.get(key) ?? []), grant])
  }
  return [...groups.values()].flatMap((group) => objectSql(group, isKept))
}

function objectSql(group: readonly Grant[], isKept: (grant: Grant) => boolean): readonly string[] {
  const [first] = group
  if (first === undefined) return []
  const revoked: string[] = []
  const granted: string[] = []
  for (const privilege of new Set(group.map((grant) => grant.privilege))) {
    const all = group.filter((grant) => grant.privilege === privilege)
    const kept = all.filter(isKept)
    const isWhole = all.some(({ isOfTable }) => isOfTable)
    const isSame = isWhole ? all.filter(({ isOfTable }) => isOfTable).every(isKept) : kept.length === all.length
    if (isSame) continue
    if (all.every(({ column }) => column === null)) revoked.push(privilege)
    else if (isWhole) {
      // Revoking it from the relation revokes it from the columns, too.
      revoked.push(privilege)
      if (kept.length > 0) granted.push(`${privilege} ${columnList(kept)}`)
    } else revoked.push(`${privilege} ${columnList(all.filter((grant) => !isKept(grant)))}`)
  }
  const object = `${onWhat[first.kind]}${first.object}`
  const role = quoteIdentifier(first.grantee)
  return [
    ...(revoked.length > 0 ? [`REVOKE ${revoked.join(', ')} ON ${object} FROM ${role}`] : []),
    ...(granted.length > 0 ? [`GRANT ${granted.join(', ')} ON ${object} TO ${role}`] : []),
  ]
}

function columnList(grants: readonly Grant[]): string {
  const names = new Set(grants.map(({ column }) => quoteIdentifier(column ?? '')))
  return `(${[...names].join(', ')})`
}
