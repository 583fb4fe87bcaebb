import type { Lint } from '../../lint.js'

/** Without a token the setting is empty, or not there: the cast to json, or the reading itself, is an error. */
export const lint: Lint = {
  id: 'F09',
  severity: 'warning',
  title: 'A claim is read in a way that fails without a token',
  nearMiss: "The same with nullif(…, '') around it.",
  references: ['CWE-755'],
  *find({ security }) {
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
  },
}
