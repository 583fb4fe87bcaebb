import type { HttpResponse } from '../http-message.js'
import type { CachedRelation, CachedRoutine } from '../schema-cache/schema-cache.js'

/** The answer to OPTIONS: what could be asked. */
export function allowResponse(methods: string): HttpResponse {
  return {
    status: 200,
    headers: [
      ['Access-Control-Allow-Origin', '*'],
      ['Allow', methods],
    ],
    body: null,
  }
}

export const rootMethods = 'OPTIONS,GET,HEAD'

export function relationMethods({ relation, primaryKey }: CachedRelation): string {
  const { insert, update, delete: remove } = relation.updatable
  return [
    rootMethods,
    ...(insert ? ['POST'] : []),
    ...(insert && update && primaryKey.length > 0 ? ['PUT'] : []),
    ...(update ? ['PATCH'] : []),
    ...(remove ? ['DELETE'] : []),
  ].join(',')
}

/** @param overloads of one name */
export function routineMethods(overloads: readonly CachedRoutine[]): string {
  return overloads.every(({ routine }) => routine.volatility === 'volatile') ? 'OPTIONS,POST' : 'OPTIONS,GET,HEAD,POST'
}
