import type { ServerOptions } from '@rolecast/server'
import type { ApiRequest } from '../ask/ask.js'
import type { Cause } from './cause.js'
import type { WidenedCell } from './widened.js'

export interface Question {
  readonly uri: string
  readonly schemas: readonly string[]
  readonly role: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly authenticator: string | undefined
  readonly request: ApiRequest
  readonly server: ServerOptions
}

export interface Repair {
  readonly sql: string
  /** what it opens beside what the request needs */
  readonly widens: readonly WidenedCell[]
  /** whether the request was answered after it, in a transaction that was rolled back */
  readonly tried: boolean
  readonly note: string | null
}

export interface Diagnosis {
  readonly verdict: 'allowed' | 'refused' | 'empty'
  /** of the answer, as it is now */
  readonly status: number
  readonly cause: Cause | null
  readonly repair: Repair | null
}

/** What is wrong before PostgreSQL is asked about privileges, and what would mend it. */
export interface OuterFault {
  readonly cause: Cause
  /** for a person to run */
  readonly sql: readonly string[]
  /** of these what a trial runs: settings of the server are tried as its options */
  readonly trial: readonly string[]
  /** how the request is asked once it is mended */
  readonly next: Pick<Question, 'request' | 'schemas' | 'server'>
}
