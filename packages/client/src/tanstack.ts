import { userOf } from './http/context.js'
import type { Builder } from './query/builder.js'
import type { Selection } from './query/selection.js'
import type { Relation } from './relation.js'
import type { Call } from './types/call.js'
import type { Rows } from './types/rows.js'
import type { Table, Which } from './types/table.js'

/**
 * A key that says all that the answer depends on: the client with its role, schema, user and headers (of these a digest,
 * since they may be secret); the relation or function; the request and the form of its result; the relations it reads.
 */
export type QueryKey = readonly [
  client: string,
  path: string,
  request: { readonly method: string; readonly search: string; readonly form: string; readonly body: unknown },
  reads: readonly string[],
]

/** A call that only reads: a write is no query. */
export type Query<R> = Call<R> & { readonly writes_?: never }

export interface QueryOptions<R> {
  readonly queryKey: QueryKey
  readonly queryFn: (context: { readonly signal?: AbortSignal }) => Promise<R>
}

/**
 * Options of TanStack Query for a read: `useQuery(queryOptions(db.orders.select('id')))`. Equal queries of one user have
 * equal keys: say by the client's option `user` who that is.
 * @throws TypeError for a write
 */
export function queryOptions<R>(query: Query<R>): QueryOptions<R> {
  return { queryKey: queryKeyOf(query), queryFn: async ({ signal }) => query.with({ signal }) }
}

/** @throws TypeError for a write */
export function queryKeyOf(query: Query<unknown>): QueryKey {
  const { state } = query as unknown as Builder
  const { method, search, headers, body } = query.toRequest()
  if (method !== 'GET' && method !== 'HEAD' && !state.path.startsWith('/rpc/')) {
    throw new TypeError('A write is no query: use mutationOptions')
  }
  const { context, path, schema, form = '' } = state
  const { role, url, session, options } = context
  const client = [url, role, schema.name, userOf(context), session.resets, options.credentials ?? '']
  const own = [...context.headers].flat().join('\n')
  return [
    JSON.stringify([...client, digest(own)]),
    path,
    { method, search, form: `${form}${headers.Accept ?? ''} ${headers.Prefer ?? ''}`, body },
    readsOf(state, [`${schema.name}${path}`], schema.name),
  ]
}

/** The relations that a selection reads, its embedded ones included, and those that conditions are about. */
function readsOf({ items, related }: Selection, reads: string[], schema: string): string[] {
  for (const { of, to } of [...items.values(), ...related.values()]) {
    if (to !== undefined) reads.push(`${schema}/${encodeURIComponent(to)}`)
    if (of) readsOf(of, reads, schema)
  }
  return reads
}

/**
 * A filter for `queryClient.invalidateQueries(…)`: all queries that read one of these relations, embedded or not, of
 * whatever client. `onSuccess: () => queryClient.invalidateQueries(reading(db.orders, db.lines))`
 */
export function reading(...relations: readonly object[]): {
  readonly predicate: (query: { readonly queryKey: readonly unknown[] }) => boolean
} {
  const paths = relations.map((relation) => {
    const { schema, path } = (relation as Relation).start
    return `${schema.name}${path}`
  })
  return {
    predicate: ({ queryKey: [, , , reads] }) => Array.isArray(reads) && reads.some((path) => paths.includes(path)),
  }
}

/** Options for a write or a call: `useMutation(mutationOptions((row: OrdersInsert) => db.orders.insert(row)))`. */
export function mutationOptions<V, R>(
  call: (variables: V) => Call<R>,
): { readonly mutationFn: (variables: V) => Promise<R> } {
  return { mutationFn: async (variables) => call(variables) }
}

/**
 * Options for pages that are loaded one after another, by offset: `useInfiniteQuery(pageOptions(query, 20))`. The query
 * must have an order, and the server must give as many rows as a page has.
 */
export function pageOptions<T extends Table, O>(query: Rows<T, O, Which>, size: number) {
  const page = (offset: number): Call<O[]> => query.limit(size).offset(offset)
  return {
    queryKey: [...queryKeyOf(query), 'pages', size] as const,
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }: { readonly pageParam: number; readonly signal?: AbortSignal }) =>
      page(pageParam).with({ signal }),
    getNextPageParam: (last: readonly O[], pages: readonly (readonly O[])[]) =>
      last.length < size ? undefined : pages.reduce((count, { length }) => count + length, 0),
  }
}

/** Of 53 bits: tells texts apart, and does not tell what they are. */
function digest(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}
