import { keyOf } from '../access/effective-privileges.js'
import { baseColumn, writeTarget } from '../access/write/target.js'
import { type CheckExpression, mapCheck, unknown } from '../checks/check-expression.js'
import { parseCheck } from '../checks/parse-check.js'
import type { DomainType, QualifiedName, Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { qualifiedName } from '../postgres/names.js'
import type { CheckSurface } from './surface.js'

/** Views over views: PostgreSQL has no cycles, a catalog that lies may. */
const maximumDepth = 32

/**
 * The CHECKs that rows of a relation are held to: its own, and of a view that passes writes on, those of the table
 * behind it. Foreign tables promise checks that nobody makes. What a check says without any column is left out.
 */
export function checkSurfaces(index: CatalogIndex, relation: Relation, depth = 0): readonly CheckSurface[] {
  if (relation.kind === 'table' || relation.kind === 'partitioned table') return ownChecks(relation)
  const target = relation.kind === 'view' && depth < maximumDepth ? writeTarget(relation, 'insert') : undefined
  const base = target?.kind === 'view' ? index.relations.get(target.base) : undefined
  if (base === undefined) return []
  const names = new Map<string, string>()
  for (const { name } of relation.columns) {
    const behind = baseColumn(relation, keyOf(base), name)
    if (behind !== null && !names.has(behind)) names.set(behind, name)
  }
  return checkSurfaces(index, base, depth + 1)
    .filter(({ columns }) => columns.every((name) => names.has(name)))
    .map((check) => ({
      ...check,
      columns: check.columns.map((name) => names.get(name) ?? name),
      condition: mapCheck(check.condition, (part) =>
        part.kind === 'column' ? { ...part, name: names.get(part.name) ?? part.name } : part,
      ),
    }))
}

function ownChecks({ constraints, columns }: Relation): readonly CheckSurface[] {
  return constraints
    .filter(({ kind, isEnforced, columns: about }) => kind === 'check' && isEnforced && about.length > 0)
    .map(({ name, columns: about, expression, isValidated, isExact }) => {
      const types = columns.filter((column) => about.includes(column.name)).map(({ type }) => type.type)
      return { name, columns: about, condition: conditionOf({ expression, isExact }, about, types), isValidated }
    })
}

/** What a domain's CHECKs say of its values. */
export function domainConditions({
  schema,
  name,
  base,
  checks,
}: DomainType): readonly Pick<CheckSurface, 'name' | 'condition' | 'isValidated'>[] {
  // biome-ignore format: a signature
  return checks.map((check) => ({
    name: check.name,
    condition: conditionOf(check, [], [base.type, qualifiedName(schema, name)]),
    isValidated: check.isValidated,
  }))
}

/** A condition without anything that is neither of these columns, nor of PostgreSQL's own, nor a type that the columns have. */
function conditionOf(
  { expression, isExact }: { readonly expression: string | null; readonly isExact: boolean },
  columns: readonly string[],
  types: readonly QualifiedName[],
): CheckExpression {
  if (!isExact || expression === null) return unknown
  const isSeen = (type: string | null) => type === null || !/[."]/.test(type) || types.includes(type.replace(/(?:\[\])+$/, '')) // biome-ignore format: a condition
  return mapCheck(parseCheck(expression), (part) => {
    if (part.kind === 'column') return columns.includes(part.name) ? part : unknown
    return (part.kind === 'cast' || part.kind === 'constant') && !isSeen(part.type) ? unknown : part
  })
}
