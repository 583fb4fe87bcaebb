import { type QualifiedName, splitQualifiedName } from '@rolecast/catalog'
import { memoize } from './memoize.js'

/** Schema and name of `api.orders` or `api."Order Lines"`, unquoted. */
export const parseQualifiedName = memoize((text: QualifiedName): readonly [schema: string, name: string] => {
  const { schema, name } = splitQualifiedName(text)
  return [schema, name]
})

const nameOrDot = /("(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(\.?)/gu

/** Types as `format_type` prints them, without the names of schemas that are none of these. */
export function withSchemas(text: string, schemas: ReadonlySet<string>): string {
  if (!text.includes('.')) return text
  return text.replace(nameOrDot, (whole, name: string, dot: string) => {
    const schema = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
    return dot === '' || schemas.has(schema) ? whole : ''
  })
}

/** A key for maps: no two names share one. */
export function nameKey(schema: string, name: string): string {
  return `${schema}\0${name}`
}
