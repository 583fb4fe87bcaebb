/** Headers that belong to the connection or to the framing of the message (RFC 9110, section 7.6.1; RFC 9112). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'trailer',
  'te',
])

/**
 * Why a header that the database set cannot be sent, as a sentence that names it; null where it can. The name must be a
 * token, and the value text without control characters (RFC 9110, section 5), which goes out as UTF-8.
 */
export function headerFault(name: string, value: unknown): string | null {
  const named = `The header ${JSON.stringify(name)}`
  if (!token.test(name)) return `${named} cannot be sent: this is no name of a header.`
  if (ofConnection.has(name.toLowerCase())) return `${named} belongs to the connection and cannot be set.`
  if (typeof value !== 'string') return `${named} has a value that is not a string.`
  return unsendable.test(value) ? `${named} has a control character or half a surrogate pair in its value.` : null
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const unsendable = /(?!\t)[\p{Cc}\p{Cs}]/u
