import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseKeys } from './keys.js'
import { verifySignature } from './verify-token.js'

/** Vectors of C2SP/wycheproof: see the README there. */
const folder = new URL('../../vectors/wycheproof/', import.meta.url)

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

/** The keys of that RFC are published, as every example is. */
function isAccepted(group: Vectors['testGroups'][number], jws: string): boolean {
  try {
    const { keys } = parseKeys(JSON.stringify(keyOf(group)), false, group.comment.startsWith('rfc7520'))
    verifySignature(jws, keys)
    return true
  } catch {
    return false
  }
}

/**
 * Sets of secrets and public keys, which the vectors want refused and we take on purpose: a deployment that moves from
 * one to the other has both, and each token is only tried against keys of its own algorithm.
 */
const takenOnPurpose = 'jws_mixedSymmetryKeyset'

describe.each(['json_web_signature_test', 'json_web_key_test', 'json_web_crypto_test'])('%s', (name) => {
  const file = new URL(`${name}.json`, folder)

  test('every signature is judged as it should be', () => {
    const { testGroups } = JSON.parse(readFileSync(file, 'utf8')) as Vectors
    const verdicts = testGroups.flatMap((group) => {
      const valid = new Set(group.tests.flatMap(({ jws, result }) => (result === 'valid' ? [jws] : [])))
      return group.tests.flatMap(({ tcId, comment, jws, result }) => {
        // Two vectors whose padding was lost on the way say of the same bytes that they are valid and that they are not.
        if (typeof jws !== 'string' || (result === 'invalid' && valid.has(jws))) return []
        if (group.comment === takenOnPurpose) return []
        const accepted = isAccepted(group, jws)
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
