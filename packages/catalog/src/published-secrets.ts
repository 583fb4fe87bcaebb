/** Secrets that stand in manuals and tutorials: everybody who has read those can sign tokens with them. */
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

/** Whether a secret is one that was published, white space around it aside. */
export function isPublishedSecret(secret: string): boolean {
  return published.has(secret.trim())
}
