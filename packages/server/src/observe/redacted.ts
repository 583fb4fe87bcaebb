/**
 * A text for the log without what looks like a secret: tokens, credentials of headers, passwords of URLs, and values of
 * parameters whose names say that they are secret. What made the text may not know that one is in it.
 */
export function redacted(text: string): string {
  return suspicious.test(text) ? patterns.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text) : text
}

const hidden = '[redacted]'

/** Most texts have nothing of this, and are left alone after one look. */
const suspicious = /eyJ|:\/\/|bearer|basic|cookie|passw|pwd|secret|token|key/i

const secretName = '[\\w-]*(?:passw(?:or)?d|pwd|secret|token|api_?key)'

const patterns: readonly (readonly [RegExp, string])[] = [
  // JSON Web Tokens: their first part is an object in base64url
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){0,2}/g, hidden],
  [/\b(bearer|basic)(\s+)[\w.~+/=-]{6,}/gi, `$1$2${hidden}`],
  [/(\b(?:set-)?cookie["']?\s*[:=]\s*)[^\r\n]+/gi, `$1${hidden}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi, `$1:${hidden}@`],
  // `password=x`, `(token)=(x)`, `"secret": "x"`; not `jwt-secret: what is wrong`, nor what says where a secret is
  [new RegExp(`(\\b${secretName}["')]?\\s*=\\s*["'(]?)(?!true\\b|false\\b|@)[^\\s&"',;)]+`, 'gi'), `$1${hidden}`],
  [new RegExp(`("${secretName}"\\s*:\\s*")[^"]+`, 'gi'), `$1${hidden}`],
]
