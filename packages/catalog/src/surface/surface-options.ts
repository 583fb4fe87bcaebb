export interface SurfaceOptions {
  /** the exposed schemas, the default one first */
  readonly schemas: readonly string[]
  /** schemas that requests find operators in without exposing them, PostgREST's `db-extra-search-path`; default `public` */
  readonly extraSearchPath?: readonly string[] | undefined
}
