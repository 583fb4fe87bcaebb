/**
 * What a hosted PostgreSQL brings along before a project's own SQL runs: its roles, schemas, objects and extensions. An
 * embedded one is given the same, so that the project's SQL files load as they are.
 */
export interface Platform {
  readonly name: string
  /** the role that initdb makes, and that `install` and `finish` run as */
  readonly superuser: string
  /** the role that SQL files run as; `install` makes it */
  readonly owner: string
  /** SQL that makes all that the platform has */
  readonly install: string
  /** SQL that runs when the files are loaded, as the superuser */
  readonly finish: string
  readonly extensions: readonly StubExtension[]
}

/**
 * An extension that an embedded PostgreSQL does not have, in name: its types are there, and its functions have their
 * signatures and do nothing, so that SQL which names them loads.
 */
export interface StubExtension {
  readonly name: string
  /** its script: what CREATE EXTENSION runs */
  readonly script: string
  /** whether its objects go where CREATE EXTENSION says; else its script makes the schema that they are in */
  readonly isRelocatable: boolean
  /** extensions that must be there before it */
  readonly requires?: readonly string[]
}
