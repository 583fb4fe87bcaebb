import { z } from 'zod'
import type { KeySet } from './key-set.js'

const text = z.string().min(1)

const storedKey = z
  .looseObject({ kty: text, kid: text, alg: text, state: z.enum(['signs', 'verifies']), created: text })
  .transform(({ state, created, ...jwk }) => ({ kid: jwk.kid, alg: jwk.alg, state, created, jwk }))

const retiredKey = z.object({ kid: text, alg: text, created: text, retired: text })

const keyFile = z
  .object({ keys: z.array(storedKey), retired: z.array(retiredKey) })
  .refine(({ keys }) => keys.filter(({ state }) => state === 'signs').length <= 1)
  .refine(({ keys }) => new Set(keys.map(({ kid }) => kid)).size === keys.length)

/** A set as its file has it: a JWK Set (RFC 7517) whose keys have two members more, beside the names of retired keys. */
export function printKeyFile({ keys, retired }: KeySet): string {
  const jwks = keys.map(({ jwk, state, created }) => ({ ...jwk, state, created }))
  return `${JSON.stringify({ keys: jwks, retired }, null, 2)}\n`
}

/** The set of a file, or null for a text that is none. No reason is given: it could show parts of a key. */
export function parseKeyFile(content: string): KeySet | null {
  try {
    const { data } = keyFile.safeParse(JSON.parse(content))
    return data ?? null
  } catch {
    return null
  }
}
