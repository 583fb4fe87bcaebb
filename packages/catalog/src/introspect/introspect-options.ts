/** What `introspect` reads. */
export interface IntrospectOptions {
  /** the exposed schemas: their routines are described even where nothing refers to them */
  readonly schemas: readonly string[]
  /**
   * The roles to ask PostgreSQL's answers for. Unless given: all that the authenticator can become, but superusers. An
   * empty list asks nothing, which is all a server needs.
   */
  readonly roles?: readonly string[]
  /** the role that the API logs in as: each of `roles` must be one it can become */
  readonly authenticator?: string
  /** also what only an audit needs (`Catalog.security`) */
  readonly security?: boolean
}
