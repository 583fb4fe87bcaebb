import { parseStrictObject } from '@rolecast/server'
import { UsageError } from '../errors.js'

/**
 * The object of `--claims`.
 * @param taken claims that options say, with the option
 * @throws UsageError for what is no JSON object, a name twice, a claim that an option says, a number that would change
 */
export function readClaims(text: string, taken: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const claims = parseStrictObject(text)
  if (claims === null) {
    throw new UsageError(`--claims must be a JSON object that names nothing twice, such as '{"tenant":"acme"}'.`)
  }
  for (const name of Object.keys(claims)) {
    const option = taken.get(name)
    if (option !== undefined) throw new UsageError(`--claims: ${option} says the claim "${name}". Leave it out here.`)
  }
  if (claims.nbf !== undefined && typeof claims.nbf !== 'number') {
    throw new UsageError('--claims: "nbf" must be a number, seconds since 1970.')
  }
  if (hasInexactNumber(claims)) {
    throw new UsageError('--claims: a number is too long to be kept exactly. Write it as text, in quotes.')
  }
  return claims
}

function hasInexactNumber(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInexactNumber)
}
