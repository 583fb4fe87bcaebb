import type { HttpResponse } from '../http-message.js'

/**
 * `Warning` (RFC 7234, section 5.5) about embeds that filters named by their relation although they have an alias.
 * One header names them all, in PostgREST's words.
 */
export function withWarnings(
  response: HttpResponse,
  legacyTargets: readonly (readonly [target: string, alias: string])[],
): HttpResponse {
  if (legacyTargets.length === 0) return response
  const updates = legacyTargets.map(([target, alias]) => `\`${target}\` to \`${alias}\``).join(', ')
  const text =
    'Embedded resource was referenced by relation name even though it has an alias. This is deprecated and will stop ' +
    `working in a future release. Update ${updates} in query string filters, orders or limits.`
  return { ...response, headers: [...response.headers, ['Warning', `299 ${agent} "${quotable(text)}"`]] }
}

/** Who warns (RFC 7234, section 5.5): the version of PostgREST whose manner of answering this is. */
const agent = 'PostgRESTv16.2'

/** The inside of a quoted string. */
function quotable(text: string): string {
  return text.replace(/[\p{Cc}]/gu, ' ').replace(/["\\]/g, '\\$&')
}
