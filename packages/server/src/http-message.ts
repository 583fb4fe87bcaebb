/** An HTTP request as the stages see it: no stage knows Node's HTTP objects. */
export interface HttpRequest {
  readonly method: string
  /** path and query as they were sent, still percent-encoded: `/orders?id=eq.1` */
  readonly target: string
  /** names in lower case; repeated fields joined with ", " (RFC 9110, section 5.3) */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export interface HttpResponse {
  readonly status: number
  /** what stands behind the status, one byte a character; undefined: its own words */
  readonly statusText?: string | undefined
  /** in the order to send; a name may occur more than once */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array | null
}
