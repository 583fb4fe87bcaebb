import { type Context, createContext, withOptions } from './http/context.js'
import type { SchemaMeta } from './metadata.js'
import type { CallOptions, ConnectOptions } from './options.js'
import { Relation } from './relation.js'
import { routine } from './routine.js'

/** What every schema of a client has besides its relations. */
export interface Connection {
  /** The same client with other options: a token of one request's user, a signal, headers. */
  with(options: CallOptions): this
}

/**
 * Makes the client of a role: what generated code calls, and types. The first schema is the client itself; the others are
 * reached by `schema(name)`.
 * @throws TypeError for a base URL that is not plain http or https
 */
export function connect<Db extends Connection>(
  role: string,
  schemas: readonly SchemaMeta[],
  options: ConnectOptions,
): Db {
  return clientOf(createContext(role, options), schemas, 0) as Db
}

function clientOf(context: Context, schemas: readonly SchemaMeta[], index: number): unknown {
  const schema = schemas[index] as SchemaMeta
  const origin = { context, schema, profile: index > 0 || schema.isDefault === false ? schema.name : null }
  return Object.assign(
    mapNames(schema.relations, (meta, property) => new Relation(origin, meta, property)),
    {
      rpc: mapNames(schema.functions, (meta, property) => routine(origin, property, [meta].flat())),
      with: (options: CallOptions) => clientOf(withOptions(context, options), schemas, index),
      schema: (name: string) =>
        clientOf(
          context,
          schemas,
          schemas.findIndex((other) => other.name === name),
        ),
    },
  )
}

/** An object without a prototype: what it has may be called anything. */
function mapNames<A, B>(named: Readonly<Record<string, A>>, change: (value: A, name: string) => B): Record<string, B> {
  const result = Object.create(null)
  for (const [name, value] of Object.entries(named)) result[name] = change(value, name)
  return result
}
