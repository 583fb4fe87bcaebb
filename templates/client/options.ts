/** One file of the output. `path` is relative to the role's folder, with `/` between its parts. */
export interface EmittedFile {
  readonly path: string
  readonly content: string
}

/** How the native client of a role is written. Every key has a default. */
export interface ClientOptions {
  /**
   * `ts`: one `index.ts`. `js`: `index.js` and `index.d.ts`, which an app with `skipLibCheck` checks several times
   * faster. Default: `js` where `package` is given, `ts` otherwise.
   */
  readonly emit?: 'ts' | 'js'
  /**
   * `package`: the generated code imports `@rolecast/client`. `inline`: it imports `./runtime/index.js`, which the
   * caller puts beside it (see `inlineRuntime`), so that it needs no package but ky. Default `package`.
   */
  readonly runtime?: 'package' | 'inline'
  /** Makes the folder a publishable package by writing its `package.json`. Default: none. */
  readonly package?: PackageOptions | null
  /** What a TypeScript app sees of PostgreSQL's types. */
  readonly types?: TypeOptions
  /**
   * TypeScript types for columns, `schema.relation.column`, or for whole types, `schema.type`: mostly for JSON.
   * `{ 'api.orders.meta': "import('../meta.js').Meta" }`. Written into the output as it is.
   */
  readonly overrides?: Readonly<Record<string, string>>
  readonly rename?: RenameOptions
  /** Also offer verbs that no row-level security policy lets any row through. Default false. */
  readonly zeroRows?: boolean
  /**
   * The API's default schema: the one that requests need not name. Default: the surface's first, which is another one
   * where the role may not use the default schema.
   */
  readonly defaultSchema?: string
  /** Write the database's comments as JSDoc. Default true. */
  readonly comments?: boolean
}

export interface PackageOptions {
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly license?: string
  readonly private?: boolean
  /** the range of `@rolecast/client` (`runtime: 'package'`) to depend on; default: this version's */
  readonly clientVersion?: string
}

export interface TypeOptions {
  /**
   * int8. `string` and `bigint` keep every digit (the value is read as text); `number` does not beyond 2^53.
   * Default `string`.
   */
  readonly int8?: 'string' | 'number' | 'bigint'
  /** numeric. `string` keeps every digit; `number` does not. Default `string`. */
  readonly numeric?: 'string' | 'number'
  /** json and jsonb without an override. Default `unknown`. */
  readonly json?: string
}

/** Names in the client, by names of the database. The server is still asked by the latter. */
export interface RenameOptions {
  /** `schema.relation` → property of `db`, and the beginning of the names of its types */
  readonly relations?: Readonly<Record<string, string>>
  /** `schema.relation.column` (or computed field) → property of rows, conditions and writes */
  readonly columns?: Readonly<Record<string, string>>
  /** `schema.relation.relationship`, with the name it has by default → property of `embed()` and of the rows */
  readonly relationships?: Readonly<Record<string, string>>
  /** `schema.function` → property of `db.rpc` */
  readonly functions?: Readonly<Record<string, string>>
}
