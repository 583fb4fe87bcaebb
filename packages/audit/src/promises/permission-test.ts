/** Who asks: a role, with the claims of its token. */
export interface Caller {
  /** unique among the callers: `app_user as a` */
  readonly name: string
  readonly role: string
  /** beside `role`, which the server sets */
  readonly claims: Readonly<Record<string, unknown>>
  /** a token that lacks what conditions ask for: only what is inserted with defaults made of claims shows a difference */
  readonly isWithoutClaims?: true
}

/** The same as a request of the API. */
export interface TestRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** path and query, percent-encoded */
  readonly target: string
  readonly schema: string
  /** JSON */
  readonly body: string | null
}

/** One thing that is asked. */
export interface Step {
  /** as SQL, to run as the role */
  readonly sql: string
  /** null: the API has no request that asks this and nothing else */
  readonly request: TestRequest | null
}

/**
 * refused: 42501. refused by NAME: 42501, and the message names it. answered: no error. not refused: no 42501.
 * error 23503: refused by a foreign key, after permissions. Else the number of rows read or written.
 */
export type Expected = Refused | 'answered' | 'not refused' | typeof referred | `${number} rows`

/** `foreign_key_violation`: other rows refer to it. */
export const referred = 'error 23503'

type Refused = 'refused' | `refused by ${string}`

/** What PostgreSQL did: 42501 is `refused`; another error has its SQLSTATE. */
export type Outcome = Refused | `${number} rows` | `error ${string}`

/** One promise about what a caller may or may not do. */
export interface PermissionTest {
  /** a sentence without its subject: `does not read cost` */
  readonly title: string
  /** what it is about, as SQL names it */
  readonly object: string
  readonly caller: Caller
  /** what the owner does before, in the same transaction */
  readonly setup: readonly string[]
  /** each must have the expected outcome */
  readonly steps: readonly Step[]
  readonly expected: Expected
  /** its statements look into the catalog: the login role runs them, and no request asks the same */
  readonly ofCatalog?: boolean
}

/** What is tried, to see what to promise: a test without its expectation. */
export interface Trial extends Omit<PermissionTest, 'title' | 'expected'> {
  /** the title where it finds or changes something, and where it does not */
  readonly titles: readonly [yes: string, no: string]
  /** the title where only a foreign key forbids it (23503): permissions were passed. Undefined: then nothing is promised */
  readonly titleOfReferred?: string
}

export function isMet(expected: Expected, outcome: Outcome): boolean {
  if (expected === 'answered') return outcome.endsWith(' rows')
  return expected === 'not refused' ? !outcome.startsWith('refused') : expected === outcome
}
