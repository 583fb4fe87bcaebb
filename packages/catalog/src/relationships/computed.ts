import type { Routine } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { signatureOfRoutine } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { qualifiedName } from '../postgres/names.js'

/** Functions of one row of a relation that return rows of a relation ("Computed relationships" in PostgREST's manual). */
export function computedOf(index: CatalogIndex, schemas: ReadonlySet<string>): Relationship[] {
  return index.catalog.routines.flatMap((routine) => {
    if (!schemas.has(routine.schema) || routine.kind !== 'function') return []
    const inputs = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
    const [row] = inputs
    const source = inputs.length === 1 && row && !row.type.array ? index.relations.get(row.type.type) : undefined
    const target = routine.returns.type.array ? undefined : index.relations.get(routine.returns.type.type)
    if (!source || !target || !schemas.has(source.schema) || !schemas.has(target.schema)) return []
    return [
      relationshipOf(routine, qualifiedName(source.schema, source.name), qualifiedName(target.schema, target.name)),
    ]
  })
}

function relationshipOf(routine: Routine, source: string, target: string): Relationship {
  return {
    kind: 'computed',
    source,
    target,
    name: routine.name,
    columns: [],
    sourceHoldsKey: false,
    isCertain: false,
    isToOne: !routine.returns.set || routine.estimatedRows === 1,
    isSelf: source === target,
    junction: null,
    computed: { function: signatureOfRoutine(routine) },
  }
}

/** A computed relationship replaces those to a relation of the function's name, in the function's schema. */
export function replacedBy(
  computedOnes: readonly Relationship[],
  index: CatalogIndex,
): (other: Relationship) => boolean {
  const replaced = new Set(
    computedOnes.map(({ source, name, computed }) => {
      const schema = index.routines.get(computed?.function ?? '')?.schema ?? ''
      return JSON.stringify([source, qualifiedName(schema, name)])
    }),
  )
  return (other) => replaced.has(JSON.stringify([other.source, other.target]))
}
