import { type QualifiedName, splitQualifiedName } from '@rolecast/catalog'
import { memoize } from './memoize.js'

/** Schema and name of `api.orders` or `api."Order Lines"`, unquoted. */
export const parseQualifiedName = memoize((text: QualifiedName): readonly [schema: string, name: string] => {
  const { schema, name } = splitQualifiedName(text)
  return [schema, name]
})

/** A key for maps: no two names share one. */
export function nameKey(schema: string, name: string): string {
  return `${schema}\0${name}`
}
