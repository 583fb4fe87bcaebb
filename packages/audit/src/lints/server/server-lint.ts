import type { AuditContext } from '../../context.js'
import type { Found, Lint } from '../../lint.js'
import type { ServerFacts, TokenKey } from '../../server-facts.js'

/** What a lint about the configuration finds: an edit of the file mends it, so there is no SQL. */
type ServerFound = Omit<Found, 'fix' | 'narrows'>

/** A lint about the server's configuration: it finds nothing where that is not known. */
export function serverLint({
  find,
  ...lint
}: Omit<Lint, 'find'> & {
  find(server: ServerFacts, context: AuditContext): Iterable<ServerFound>
}): Lint {
  return {
    ...lint,
    *find(context) {
      if (context.server === null) return
      for (const found of find(context.server, context)) yield { ...found, fix: null }
    },
  }
}

/** Keys of jwt-secret, none where there is none. */
export function keysOf({ tokenKeys }: ServerFacts): readonly TokenKey[] {
  return tokenKeys?.keys ?? []
}

/** A key in words, by its place in the set where it has no name. */
export function keyName({ kid }: TokenKey, at: number): string {
  return kid === null ? `key ${at + 1} of jwt-secret` : `key ${JSON.stringify(kid)} of jwt-secret`
}
