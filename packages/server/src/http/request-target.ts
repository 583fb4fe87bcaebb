/**
 * The path and query of a request target. Servers must answer the absolute form as well, which proxies are sent; its
 * authority stands in place of the Host header (RFC 9112, section 3.2.2), and nothing here depends on either.
 */
export function originForm(target: string): string {
  const [whole] = absolute.exec(target) ?? []
  if (whole === undefined) return target
  const rest = target.slice(whole.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

const absolute = /^https?:\/\/[^/?#\s]+/i
