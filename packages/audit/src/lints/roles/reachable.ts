import { quoteIdentifier } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'
import type { Found } from '../../lint.js'

/** One finding for each role that the authenticator can become and that is one of those meant, with the way to it. */
export function* reachableRoles(
  { reachable, index }: AuditContext,
  isMeant: (role: {
    readonly name: string
    readonly superuser: boolean
    readonly bypassRowSecurity: boolean
  }) => boolean,
  message: (name: string) => string,
): Generator<Found> {
  for (const [name, chain] of reachable) {
    const role = index.roles.get(name)
    if (role === undefined || !isMeant(role)) continue
    const [member = '', ...more] = chain.slice(-2).map(quoteIdentifier)
    yield {
      object: quoteIdentifier(name),
      role: name,
      message: message(quoteIdentifier(name)),
      evidence: `A request can become it: ${chain.map(quoteIdentifier).join(' → ')}.`,
      fix: `REVOKE ${more[0] ?? quoteIdentifier(name)} FROM ${member};`,
      narrows: true,
    }
  }
}
