import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseKeys } from './keys.js'
import { verifySignature } from './verify-token.js'

/** Vectors of C2SP/wycheproof, which lie beside the repository where it is developed. */
const folder = new URL('../../../../../shared/wycheproof/', import.meta.url)

interface Vectors {
  readonly testGroups: readonly {
    readonly comment: string
    readonly public?: unknown
    readonly private: unknown
    readonly tests: readonly {
      readonly tcId: number
      readonly comment: string
      readonly jws?: unknown
      readonly result: 'valid' | 'invalid'
    }[]
  }[]
}

/** Signatures that are valid if one overlooks characters that do not belong to base64url. */
const lenient = 2

/** The keys of RFC 7520 name another algorithm than some of its signatures have. */
function keyOf(group: Vectors['testGroups'][number]): unknown {
  const key = group.public ?? group.private
  return group.comment.startsWith('rfc7520') ? { ...(key as object), alg: undefined } : key
}

function isAccepted(key: unknown, jws: string): boolean {
  try {
    verifySignature(jws, parseKeys(JSON.stringify(key), false))
    return true
  } catch {
    return false
  }
}

describe.each(['json_web_signature_test', 'json_web_key_test', 'json_web_crypto_test'])('%s', (name) => {
  const file = new URL(`${name}.json`, folder)
  const present = existsSync(file)
  if (!present) console.info(`Skipped: the vectors of ${name} are not here (${name}.json of C2SP/wycheproof).`)

  test.skipIf(!present)('every signature is judged as it should be', () => {
    const { testGroups } = JSON.parse(readFileSync(file, 'utf8')) as Vectors
    const verdicts = testGroups.flatMap((group) => {
      const valid = new Set(group.tests.flatMap(({ jws, result }) => (result === 'valid' ? [jws] : [])))
      return group.tests.flatMap(({ tcId, comment, jws, result }) => {
        // Two vectors whose padding was lost on the way say of the same bytes that they are valid and that they are not.
        if (typeof jws !== 'string' || (result === 'invalid' && valid.has(jws))) return []
        const accepted = isAccepted(keyOf(group), jws)
        return [{ id: `${group.comment} ${tcId} ${comment}`, result, accepted }]
      })
    })
    expect(verdicts.length).toBeGreaterThan(20)
    expect(verdicts.filter(({ result, accepted }) => result === 'invalid' && accepted)).toEqual([])
    const refused = verdicts.filter(({ result, accepted }) => result === 'valid' && !accepted)
    expect(refused.length, JSON.stringify(refused)).toBeLessThanOrEqual(
      name === 'json_web_signature_test' ? lenient : 0,
    )
  })
})
