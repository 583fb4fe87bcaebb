/** Who a request runs as. */
export interface Identity {
  /** the role to SET: from the token's role claim, or the anonymous role */
  readonly role: string
  /** the claims as the JSON text for `request.jwt.claims`, `role` among them */
  readonly claims: string
}
