/** Seconds that a JWK set is used before it is fetched again: bounds, and what counts where its server says nothing. */
const least = 60
const most = 86_400
const usual = 600

/**
 * How long a fetched JWK set may be used without asking again (RFC 9111, section 5.2.2), within bounds.
 * @returns seconds
 */
export function freshnessOf(headers: Headers): number {
  const control = headers.get('cache-control')?.toLowerCase() ?? ''
  if (/(?:^|[\s,])no-(?:store|cache)(?:$|[\s,=])/.test(control)) return least
  const [, digits] = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/.exec(control) ?? []
  if (digits === undefined) return usual
  const age = /^\d{1,10}$/.test(headers.get('age') ?? '') ? Number(headers.get('age')) : 0
  return Math.min(Math.max(Number(digits) - age, least), most)
}
