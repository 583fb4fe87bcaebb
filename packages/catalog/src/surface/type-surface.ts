import { refusesNull } from '../access/expressions.js'
import type { DomainType, TypeUse } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { byNames } from '../postgres/names.js'
import { domainConditions } from './check-surface.js'
import { checkedSchema } from './json-schema.js'
import type { SearchPath } from './search-path.js'
import type { FunctionSurface, RelationSurface, Surface, TypeSurface } from './surface.js'

/** The types that relations and functions use, and those that these are made of. What PostgreSQL's own are is known. */
export function usedTypes(
  searchPath: SearchPath,
  relations: readonly RelationSurface[],
  functions: readonly FunctionSurface[],
): Pick<Surface, 'types' | 'operators'> {
  const { index } = searchPath
  /** the schemas that requests are about, by type */
  const usedIn = new Map<string, Set<string>>()
  const found = new Map<string, TypeSurface>()
  const pending = [
    ...relations.flatMap(({ schema, columns, computed }) =>
      [...columns, ...computed].map(({ type }) => ({ use: type, schema })),
    ),
    ...functions.flatMap((each) => usesOfFunction(each).map((use) => ({ use, schema: each.schema }))),
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { use, schema } = next
    const schemas = usedIn.get(use.type) ?? new Set()
    if (schemas.has(schema)) continue
    usedIn.set(use.type, schemas.add(schema))
    const surface = found.get(use.type) ?? typeSurface(index, use)
    if (surface === null) continue
    found.set(use.type, surface)
    pending.push(...partsOf(surface).map((part) => ({ use: part, schema })))
  }
  const types = [...found.values()].sort(
    byNames(
      ({ schema }) => schema,
      ({ name }) => name,
    ),
  )
  const operators = [...usedIn].flatMap(([name, schemas]) => {
    const type = index.types.get(name)
    if (type?.kind !== 'base' || type.operators === null) return []
    return [[name, searchPath.operatorsFor(type.operators, schemas)] as const]
  })
  return { types, operators: Object.fromEntries(operators.sort(byNames(([name]) => name))) }
}

function usesOfFunction({ parameters, bodyType, returns }: FunctionSurface): TypeUse[] {
  const inputs = [...parameters.map(({ type }) => type), ...(bodyType ? [bodyType] : [])]
  if (returns.kind === 'void') return inputs
  return [...inputs, ...(returns.kind === 'value' ? [returns.type] : returns.columns.map(({ type }) => type))]
}

function partsOf(surface: TypeSurface): TypeUse[] {
  switch (surface.kind) {
    case 'enum':
      return []
    case 'domain':
      return [surface.base]
    case 'composite':
      return surface.attributes.map(({ type }) => type)
    default:
      return [surface.subtype]
  }
}

function typeSurface(index: CatalogIndex, use: TypeUse): TypeSurface | null {
  const type = index.types.get(use.type)
  if (type === undefined) return null
  const { schema, name, comment } = type
  switch (type.kind) {
    case 'base':
    case 'pseudo':
      return null
    case 'enum':
      return { kind: 'enum', schema, name, comment, labels: type.labels }
    case 'domain': {
      // a condition that calls functions would name them
      const checks = type.checks.filter(({ functions }) => functions.length === 0).map(({ expression }) => expression)
      return {
        kind: 'domain',
        schema,
        name,
        comment,
        base: type.base,
        notNull: type.notNull,
        checks: checks.filter(namesNothing),
        conditions: domainConditions(type),
        jsonSchema: type.checks.map(valueSchema).find((schema) => schema !== null) ?? null,
      }
    }
    case 'composite':
      return {
        kind: 'composite',
        schema,
        name,
        comment,
        attributes: type.attributes.map((item) => ({
          name: item.name,
          type: item.type,
          refusesNull: refusesNull(index, item.type),
        })),
      }
    case 'range':
    case 'multirange':
      return { kind: type.kind, schema, name, comment, subtype: type.subtype }
  }
}

const valueSchema = ({ expression, isValidated }: DomainType['checks'][number]) =>
  isValidated ? checkedSchema(expression, 'VALUE') : null

/** With an empty search path anything of a user's is printed with its schema and a dot. */
function namesNothing(expression: string): boolean {
  return !/["\w]\s*\.\s*["a-zA-Z_]/.test(expression.replaceAll(/'(?:[^']|'')*'/g, "''"))
}
