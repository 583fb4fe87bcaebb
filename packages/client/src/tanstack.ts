import type { Call } from './types/call.js'
import type { Rows } from './types/rows.js'
import type { Table, Which } from './types/table.js'

/** A key that says all that the answer depends on, but for who asks: method, URL and what the request wants. */
export type QueryKey = readonly [
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array | null,
]

export interface QueryOptions<R> {
  readonly queryKey: QueryKey
  readonly queryFn: (context: { readonly signal?: AbortSignal }) => Promise<R>
}

/**
 * Options of TanStack Query for a read: `useQuery(queryOptions(db.orders.select('id')))`. Equal queries have equal keys;
 * the keys of all queries of a relation begin with the same URL up to its `?`.
 */
export function queryOptions<R>(query: Call<R>): QueryOptions<R> {
  return {
    queryKey: queryKeyOf(query),
    queryFn: async ({ signal }) => (signal === undefined ? query : query.with({ signal })),
  }
}

export function queryKeyOf(query: Call<unknown>): QueryKey {
  const { method, headers, body } = query.toRequest()
  return [query.toURL(), method, headers, body]
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
    queryKey: [...queryKeyOf(query), size] as const,
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }: { readonly pageParam: number; readonly signal?: AbortSignal }) =>
      signal === undefined ? page(pageParam) : page(pageParam).with({ signal }),
    getNextPageParam: (last: readonly O[], pages: readonly (readonly O[])[]) =>
      last.length < size ? undefined : pages.reduce((count, { length }) => count + length, 0),
  }
}
