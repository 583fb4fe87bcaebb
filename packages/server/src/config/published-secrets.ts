/** Secrets that stand in manuals and tutorials: whoever reads those can sign tokens. */
const published: ReadonlySet<string> = new Set([
  'reallyreallyreallyreallyverysafe',
  'your-secret-key-min-32-chars-long',
  'your-256-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'super-secret-jwt-token-with-at-least-32-characters-long',
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
  'mysecretmysecretmysecretmysecret',
  'changeme_changeme_changeme_change',
])

export function isPublishedSecret(secret: string): boolean {
  return published.has(secret.trim())
}
