/** HS256 needs a key as long as its hash (RFC 7518, section 3.2). */
const minSecretLength = 32

/** Secrets that stand in manuals, tutorials and specifications: everybody who reads those can sign tokens. */
const published: ReadonlySet<string> = new Set([
  'reallyreallyreallyreallyverysafe',
  'your-secret-key-min-32-chars-long',
  'your-256-bit-secret',
  'your-384-bit-secret',
  'your-512-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'a-valid-string-secret-that-is-at-least-384-bits-long',
  'a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long',
  'super-secret-jwt-token-with-at-least-32-characters-long',
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
  'your-super-secret-and-long-postgres-password',
  'qwertyuiopasdfghjklzxcvbnm123456',
  'abcdefghijklmnopqrstuvwxyz123456',
  'this_is_a_secret_key_for_development_only',
  'change-me-to-a-secret-at-least-32-characters-long',
])

/** Secrets of RFC 7515 (A.1) and RFC 7520 (3.5), in base64url. */
const publishedBytes: ReadonlySet<string> = new Set([
  'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
  'hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg',
])

/** Why a secret protects nothing, or null. The text is for messages and holds nothing of the secret. */
export function secretWeakness(bytes: Buffer): string | null {
  if (isPublished(bytes)) return 'is published in manuals, so anybody can sign tokens with it'
  return bytes.length < minSecretLength ? `has ${bytes.length} bytes; at least ${minSecretLength} are needed` : null
}

/** What makes a secret weaker than its length says, or null. */
export function secretDoubt(bytes: Buffer): string | null {
  const period = shortPeriodOf(bytes)
  return period === null
    ? null
    : `repeats ${period} byte${period === 1 ? '' : 's'} over and over, so it is easy to guess`
}

function isPublished(bytes: Buffer): boolean {
  const text = bytes.toString('utf8').trim().toLowerCase()
  return published.has(text) || publishedBytes.has(bytes.toString('base64url'))
}

/** The length of a short beginning that the whole only repeats, or null: it is no stronger than that beginning. */
function shortPeriodOf(bytes: Buffer): number | null {
  for (let period = 1; period <= minSecretLength / 2; period++) {
    if (bytes.subarray(period).equals(bytes.subarray(0, bytes.length - period))) return period
  }
  return null
}
