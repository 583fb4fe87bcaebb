import { absentRelations, type Catalog, functionsByPublic } from '@rolecast/catalog'
import { count } from '../progress.js'
import type { Chosen } from './choose-objects.js'

/** What a reader of a role's files would miss without knowing why, and what somebody may not want in them: a line each. */
export function remarksOn(
  catalog: Catalog,
  { surface, ofExtensions, left }: Chosen,
  schemas: readonly string[],
): readonly string[] {
  const absent = absentRelations(catalog, surface, schemas)
    .filter((relation) => !left.has(nameOf(relation)))
    .map((relation) => `without ${nameOf(relation)}: ${relation.reasons.join(' ')}`)
  const extensions = [...ofExtensions].map(
    ([name, number]) => `without ${count(number, 'object')} of the extension ${name} (include takes them in)`,
  )
  const open = functionsByPublic(catalog, surface).map(nameOf)
  const byPublic =
    open.length === 0
      ? []
      : [
          `${surface.role} may call ${count(open.length, 'function')} only because PUBLIC may: ${[...new Set(open)].join(', ')}`,
        ]
  return [...absent, ...extensions, ...byPublic]
}

const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }) => `${schema}.${name}`
