import { type CatalogIndex, type RoutineCode, signatureOfRoutine } from '@rolecast/catalog'
import type { Grant } from './grants.js'
import type { RoleStatement } from './needed-grants.js'
import { reachOf } from './reach.js'

/**
 * Grants that functions may need whose bodies are text: on every relation and function that they name, with the commands
 * whose words stand in them, or on anything where they put SQL together at run time.
 */
export function grantsOfUnreadableCode(
  index: CatalogIndex,
  grants: readonly Grant[],
  asked: readonly RoleStatement[],
): ReadonlySet<Grant> {
  const found = new Set<Grant>()
  for (const role of new Set(asked.map((item) => item.role))) {
    const statements = asked.filter((item) => item.role === role).map(({ statement }) => statement)
    for (const signature of reachOf(index, statements).routines) {
      const routine = index.routines.get(signature)
      const code = index.catalog.security?.code[signature]
      if (routine === undefined || routine.body !== null || code === undefined || !code.readable) continue
      const has = index.privileges.get(routine.securityDefiner ? routine.owner : role)?.has ?? []
      const named = new Set([
        ...code.relations,
        ...code.calls.flatMap((name) => (index.routinesByName.get(name) ?? []).map(signatureOfRoutine)),
      ])
      for (const grant of grants) {
        const isNamed = named.has(grant.object) && mayUse(code, grant)
        if (has.includes(grant.grantee) && (code.dynamicSql || isNamed)) found.add(grant)
      }
    }
  }
  return found
}

function mayUse({ commands }: RoutineCode, { privilege }: Grant): boolean {
  const words = wordsOf[privilege]
  return words === undefined || commands === undefined || words.some((word) => commands.includes(word))
}

/** Words without which a body does not use a privilege. Row locks (FOR UPDATE, FOR SHARE) need UPDATE. */
const wordsOf: Readonly<Record<string, readonly NonNullable<RoutineCode['commands']>[number][]>> = {
  INSERT: ['insert', 'merge'],
  UPDATE: ['update', 'merge', 'share', 'lock'],
  DELETE: ['delete', 'merge', 'lock'],
  TRUNCATE: ['truncate', 'lock'],
}
