import { readKeyFolder } from '../keys/key-folder.js'
import { verifyingSet } from '../keys/key-set.js'
import { makeKey } from '../keys/make-key.js'
import { mintToken } from '../token/mint-token.js'

/** Seconds that a token of a development server lasts: a day's work. */
const lifetime = 12 * 60 * 60

/** How requests get their roles while developing. */
export interface DevTokens {
  /** the server's jwt-secret */
  readonly secret: string
  /** what somebody is told: a token for each role, or how to make one */
  linesFor(roles: readonly string[]): Promise<readonly string[]>
}

/**
 * Tokens by the keys of a folder, or by a key that lives as long as this process.
 *
 * @param folder that `rolecast keys generate` made
 * @throws UsageError for a folder that cannot be used
 */
export async function devTokens(folder: string | undefined): Promise<DevTokens> {
  if (folder !== undefined) {
    return {
      secret: JSON.stringify(verifyingSet(await readKeyFolder(folder))),
      linesFor: async ([role]) => (role === undefined ? [] : [`token: ${mintCommand(folder, role)}`]),
    }
  }
  const key = await makeKey('HS256', 'signs', new Date().toISOString())
  return {
    secret: JSON.stringify({ keys: [key.jwk] }),
    linesFor: async (roles) => {
      const now = Date.now() / 1000
      const tokens = roles.map(
        async (role) => `token of ${role}, for 12 hours: ${await mintToken(key, { role, lifetime, claims: {} }, now)}`,
      )
      return roles.length === 0
        ? []
        : [...(await Promise.all(tokens)), 'other claims, or a key that stays: --keys (see `rolecast token --help`)']
    },
  }
}

/** Fit for a shell. */
function mintCommand(folder: string, role: string): string {
  const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
  return `rolecast token mint --keys ${quoted(folder)} --role ${quoted(role)}`
}
