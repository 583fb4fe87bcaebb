import { z } from 'zod'

const name = z.string().min(1, 'is empty')
const texts = z.record(z.string(), name).readonly()

const packageOptions = z.strictObject({
  /** `{role}` in it stands for the role. */
  name,
  version: z.string().regex(/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/, 'is no version: 1.2.3 is one'),
  description: z.string().optional(),
  license: z.string().optional(),
  private: z.boolean().optional(),
  /** The range of `@rolecast/client` to depend on, with `runtime: 'package'`. Default: this version's. */
  clientVersion: name.optional(),
})

const typeOptions = z.strictObject({
  /**
   * int8. `string` and `bigint` keep every digit, since the value is read as text; `number` loses digits beyond 2^53.
   * Default `string`.
   */
  int8: z.enum(['string', 'number', 'bigint']).optional(),
  /** numeric. `string` keeps every digit; `number` does not. Default `string`. */
  numeric: z.enum(['string', 'number']).optional(),
  /**
   * timestamptz in rows. `Date` is the moment in milliseconds: PostgreSQL's microseconds are cut off, and `infinity` is an
   * error. Of timestamp and date no Date is right, since they are in no time zone: they are strings. Default `string`.
   */
  timestamptz: z.enum(['string', 'Date']).optional(),
  /** json and jsonb without an override: a TypeScript type. Default `unknown`. */
  json: name.optional(),
})

/** Names in the client, by names of the database, stronger than `names`. Requests use the database's names. */
const renameOptions = z.strictObject({
  /** `schema.relation` → property of `db`, and the beginning of the names of its types */
  relations: texts.optional(),
  /** `schema.relation.column` (or computed field) → property of rows, conditions and writes */
  columns: texts.optional(),
  /** `schema.relation.relationship`, with the name it has in the database's words → property of `embed()` and of the rows */
  relationships: texts.optional(),
  /** `schema.function` → property of `db.rpc` */
  functions: texts.optional(),
  /** `schema.function.argument` → property of what the function is given */
  arguments: texts.optional(),
})

/** The options of the client target: the configuration's `client`. Every key has a default. */
export const clientOptions = z.strictObject({
  /**
   * `ts`: one `index.ts`. `js`: `index.js` and `index.d.ts`, which an app with `skipLibCheck` checks several times
   * faster. Default: `js` where `package` is given, `ts` otherwise.
   */
  emit: z.enum(['ts', 'js']).optional(),
  /**
   * `package`: the generated code imports `@rolecast/client`. `inline`: the runtime is written beside it, as
   * `runtime/index.js`, so that it needs no package but ky. Default `package`.
   */
  runtime: z.enum(['package', 'inline']).optional(),
  /** Makes the role's folder a publishable package by writing its `package.json`. Default: none. */
  package: packageOptions.optional(),
  /** What a TypeScript app sees of PostgreSQL's types. */
  types: typeOptions.optional(),
  /**
   * TypeScript types for columns, `schema.relation.column`, or for whole types, `schema.type`: mostly for JSON.
   * `{ 'api.orders.meta': "import('../meta.js').Meta" }`. Written into the output as it is.
   */
  overrides: texts.optional(),
  /**
   * How relations, columns, functions, arguments and relationships are called: as in the database, or `order_lines` as
   * `orderLines`. Requests use the database's names. Default `database`.
   */
  names: z.enum(['database', 'camelCase']).optional(),
  rename: renameOptions.optional(),
  /** Also offer verbs that no row-level security policy lets any row through. Default false. */
  zeroRows: z.boolean().optional(),
  /**
   * Relationships from, to and through views. `direct`: not those to a view where the same key leads to a table. Default:
   * `all`, and `direct` where a role has very many.
   */
  viewRelationships: z.enum(['all', 'direct', 'none']).optional(),
  /**
   * Write the database's comments as JSDoc: for all roles, or by role. `{ anon: false }` keeps comments about internals out
   * of a client that is published. Default true.
   */
  comments: z.union([z.boolean(), z.record(z.string(), z.boolean()).readonly()]).optional(),
})

/** How the client of a role is written, as the configuration says it. */
export type ClientOptions = z.input<typeof clientOptions>
export type RenameOptions = z.input<typeof renameOptions>
/** What decides names. */
export type NameOptions = Pick<ClientOptions, 'names' | 'rename'>

/** What the client's writers need to know. */
export interface EmitOptions extends ClientOptions {
  /**
   * The API's default schema: the one that requests need not name. Default: the surface's first, which is another one
   * where the role may not use the default schema.
   */
  readonly defaultSchema?: string | undefined
}
