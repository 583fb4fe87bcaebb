import { printable } from '@rolecast/audit/printable'
import type { JWK } from 'jose'
import { UsageError } from '../errors.js'

/** A key of a folder, private half included. */
export interface StoredKey {
  /** RFC 7638 thumbprint; of imported keys the name that they came with */
  readonly kid: string
  readonly alg: string
  /** `signs`: new tokens are signed with it; `verifies`: tokens that it signed are taken */
  readonly state: 'signs' | 'verifies'
  /** ISO 8601 */
  readonly created: string
  readonly jwk: JWK
}

/** A key that verifies nothing any more. Its halves are deleted; its name stays, so that a refused token can be explained. */
export interface RetiredKey {
  readonly kid: string
  readonly alg: string
  /** ISO 8601 */
  readonly created: string
  /** ISO 8601 */
  readonly retired: string
}

/** What a key folder holds. At most one key signs. */
export interface KeySet {
  readonly keys: readonly StoredKey[]
  readonly retired: readonly RetiredKey[]
}

/** @throws UsageError for a key that the set has, or had, already */
export function withKey(set: KeySet, key: StoredKey): KeySet {
  if ([...set.keys, ...set.retired].some(({ kid }) => kid === key.kid)) {
    throw new UsageError(`The key ${printable(key.kid)} is in this folder already, or was and is retired.`)
  }
  return { ...set, keys: [...set.keys, key] }
}

/**
 * The set in which this key signs. The one that signed goes on verifying, so tokens that it signed stay good.
 * @param name a kid or how it begins; undefined: the only key that does not sign
 * @throws UsageError when it is not clear which key is meant
 */
export function promoted(set: KeySet, name: string | undefined): { readonly set: KeySet; readonly key: StoredKey } {
  const key = name === undefined ? onlyCandidate(set) : findKey(set, name)
  const keys = set.keys.map((other) => ({
    ...other,
    state: other === key ? ('signs' as const) : ('verifies' as const),
  }))
  return { set: { ...set, keys }, key: { ...key, state: 'signs' } }
}

/**
 * The set without the halves of this key. One that is retired already may be retired again: nothing changes.
 * @param now ISO 8601
 * @throws UsageError for an unknown key, and for the one that signs
 */
export function retired(set: KeySet, name: string, now: string): { readonly set: KeySet; readonly kid: string } {
  const before = set.retired.find(({ kid }) => kid === name)
  if (before !== undefined) return { set, kid: before.kid }
  const key = findKey(set, name)
  if (key.state === 'signs') {
    throw new UsageError(
      `The key ${printable(key.kid)} signs new tokens. Let another one sign first: \`rolecast keys promote\`.`,
    )
  }
  const { kid, alg, created } = key
  return {
    set: {
      keys: set.keys.filter((other) => other !== key),
      retired: [...set.retired, { kid, alg, created, retired: now }],
    },
    kid,
  }
}

/** @throws UsageError when no key signs */
export function signingKey(set: KeySet): StoredKey {
  const key = set.keys.find(({ state }) => state === 'signs')
  if (key === undefined) throw new UsageError('No key of this folder signs. Choose one with `rolecast keys promote`.')
  return key
}

/** What a server needs to verify tokens: public halves, and secrets, which have none. */
export function verifyingSet({ keys }: KeySet): { readonly keys: readonly JWK[] } {
  return { keys: keys.map(({ jwk }) => (jwk.kty === 'oct' ? jwk : publicHalf(jwk))) }
}

/** What the world may know: public halves only. */
export function publicSet({ keys }: KeySet): { readonly keys: readonly JWK[] } {
  return { keys: keys.filter(({ jwk }) => jwk.kty !== 'oct').map(({ jwk }) => publicHalf(jwk)) }
}

const publicMembers = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use'] as const

/** Copies what is public, rather than dropping what is known to be private. */
export function publicHalf(jwk: JWK): JWK {
  return Object.fromEntries(
    publicMembers.flatMap((name) => (jwk[name] === undefined ? [] : [[name, jwk[name]]])),
  ) as JWK
}

function onlyCandidate({ keys }: KeySet): StoredKey {
  const candidates = keys.filter(({ state }) => state === 'verifies')
  const [candidate] = candidates
  if (candidate === undefined) throw new UsageError('There is no other key to promote. Make one: `rolecast keys add`.')
  if (candidates.length > 1) {
    throw new UsageError(`Say which key: ${candidates.map(({ kid }) => printable(kid)).join(', ')}.`)
  }
  return candidate
}

function findKey({ keys, retired: gone }: KeySet, name: string): StoredKey {
  const exact = keys.find(({ kid }) => kid === name)
  if (exact !== undefined) return exact
  if (gone.some(({ kid }) => kid === name)) {
    throw new UsageError(`The key ${printable(name)} is retired: its private half is deleted.`)
  }
  const begun = keys.filter(({ kid }) => name !== '' && kid.startsWith(name))
  const [key] = begun
  if (key === undefined)
    throw new UsageError(`There is no key ${printable(name)} here. \`rolecast keys list\` shows them.`)
  if (begun.length > 1) throw new UsageError(`${begun.length} keys begin with ${printable(name)}. Write more of it.`)
  return key
}
