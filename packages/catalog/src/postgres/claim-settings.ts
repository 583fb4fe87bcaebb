/** A value that the claims of a request decide, and nothing else. */
export interface ClaimValue {
  /** where in the claims it stands; empty: all of them */
  readonly path: readonly string[]
  /** as text; else as JSON, in which null is a value of its own */
  readonly isText: boolean
}

/** The claims, or one of them in a setting of its own, as PostgREST had them before version 9; null: another setting. */
export function claimInSetting(name: string): ClaimValue | null {
  if (name === 'request.jwt.claims' || name === 'request.jwt.claim') return { path: [], isText: false }
  const [, claim] = /^request\.jwt\.claim\.(.+)$/.exec(name) ?? []
  return claim === undefined ? null : { path: [claim], isText: true }
}
