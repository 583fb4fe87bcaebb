import { qualifiedName } from '@rolecast/catalog'
import { relationNotFound } from '../errors/request-errors.js'
import type { CachedRelation, SchemaCache } from '../schema-cache/schema-cache.js'
import { Suggestions } from './suggestions.js'
import type { VisibleNames } from './visible-names.js'

/** @throws ApiError PGRST205, with the closest name of those that may be known */
export function findRelation(
  cache: SchemaCache,
  schema: string,
  name: string,
  { relations: visible }: VisibleNames,
): CachedRelation {
  const found = cache.relations.get(qualifiedName(schema, name))
  if (found !== undefined) return found
  const similar = Suggestions.of(cache).closest('relation', schema, name, visible, 0.75)
  throw relationNotFound(schema, name, similar)
}
