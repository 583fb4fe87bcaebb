import { type Context, createContext, reset, type ValueFeatures, withOptions } from './http/context.js'
import { mapNames } from './map-names.js'
import type { SchemaMeta } from './metadata.js'
import type { CallOptions, ConnectOptions } from './options.js'
import { Relation } from './relation.js'
import type { rpc } from './routine.js'

/** What every schema of a client has besides its relations. */
export interface Connection {
  /** The same client with other options: a token of one request's user, a signal, headers. */
  with(options: CallOptions): this
  /** At log-out: ends the calls under way, also of clients that `with` made of this one, and forgets kept tokens. */
  reset(): void
}

/** Parts of the runtime that not every role needs: generated code hands over those that its own does. */
export interface Features extends ValueFeatures {
  /** `WritableRelation`, where the role may write */
  readonly writes?: typeof Relation
  /** where it may call functions */
  readonly rpc?: typeof rpc
}

/**
 * Makes the client of a role: what generated code calls, and types. The first schema is the client itself; the others are
 * reached by `schema(name)`.
 * @throws TypeError for a base URL that is not plain http or https
 */
export function connect<Db extends Pick<Connection, 'with'>>(
  role: string,
  schemas: readonly SchemaMeta[],
  options: ConnectOptions,
  features: Features = {},
): Db {
  return clientOf(createContext(role, options, features), schemas, 0, features) as Db
}

function clientOf(context: Context, schemas: readonly SchemaMeta[], index: number, features: Features): unknown {
  const { writes: Kind = Relation, rpc } = features
  const schema = schemas[index] as SchemaMeta
  const isDefault = index === 0 && schema.isDefault !== false
  const origin = { context, schema, profile: isDefault ? null : headerValue(schema.name) }
  return Object.assign(
    mapNames(schema.relations, (meta, property) => new Kind(origin, meta, property)),
    {
      rpc: rpc?.(origin) ?? {},
      reset: () => reset(context),
      with: (changes: CallOptions) => clientOf(withOptions(context, changes), schemas, index, features),
      schema: (name: string) => {
        const other = schemas.findIndex((schema) => schema.name === name)
        return clientOf(context, schemas, other, features)
      },
    },
  )
}

/** Header fields are bytes, which `fetch` takes as one character each (RFC 9110, section 5.5); names are UTF-8. */
function headerValue(name: string): string {
  return String.fromCharCode(...new TextEncoder().encode(name))
}
