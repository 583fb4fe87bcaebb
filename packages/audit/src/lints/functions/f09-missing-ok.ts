import type { Term } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { bare, isConstant, termsIn } from '../../policies/terms.js'

/** Without a token the setting is empty, or not there: the cast to json, or the reading itself, is an error. */
export const lint: Lint = {
  id: 'F09',
  severity: 'warning',
  title: 'A claim is read in a way that fails without a token',
  nearMiss: "The same with nullif(…, '') around it.",
  references: ['CWE-755'],
  *find({ security, policies }) {
    for (const [signature, code] of Object.entries(security.code)) {
      const risky = code.settingsRead.filter(
        ({ name, missingOk, nullIfEmpty, asJson }) =>
          name === 'request.jwt.claims' && (!missingOk || (asJson && !nullIfEmpty)),
      )
      if (risky.length === 0) continue
      yield {
        object: signature,
        message: `${signature} fails for callers without a token.`,
        evidence: risky.some(({ missingOk }) => !missingOk)
          ? `It reads request.jwt.claims without saying that it may be missing.`
          : `It casts request.jwt.claims to json; after a first transaction the setting is an empty text, which is no JSON.`,
        fix: null,
      }
    }
    const risky = policies.all.filter(({ using, check }) =>
      [using, check].some((term) => [...termsIn(term)].some(isRisky)),
    )
    const [first] = risky
    if (first === undefined) return
    yield {
      object: first.object,
      message: `${risky.length === 1 ? first.object : `${risky.length} policies`} may fail for callers without a token.`,
      evidence: `${risky.map(({ object }) => object).join('; ')}: request.jwt.claims may be missing, or an empty text, which is no JSON.`,
      fix: null,
    }
  },
}

/** A key is taken out of the setting itself, without nullif(), or it is not said that it may be missing. */
function isRisky(term: Term): boolean {
  if (term.kind === 'call' && term.function === 'pg_catalog.current_setting') {
    const [name, missingOk] = term.parts
    return missingOk === undefined && name !== undefined && isConstant(name, 'request.jwt.claims')
  }
  if (term.kind !== 'operator' || !term.name.startsWith('->')) return false
  const [from] = term.parts
  const source = from === undefined ? undefined : bare(from)
  const [name] = source?.kind === 'call' && source.function === 'pg_catalog.current_setting' ? source.parts : []
  return name !== undefined && isConstant(name, 'request.jwt.claims')
}
