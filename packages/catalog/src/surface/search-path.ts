import type { FoundByName, TypeOperators, TypeUse } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import type { OperatorSurface } from './surface.js'

/**
 * What requests find by name: operators and aggregates. A request's search path is the schema that it is about, the extra
 * ones (`db-extra-search-path`), and PostgreSQL's own. ORDER BY and GROUP BY need none: they go by operator classes.
 */
export class SearchPath {
  readonly #paths = new Map<string, ReadonlySet<string>>()

  constructor(
    readonly index: CatalogIndex,
    readonly extra: readonly string[],
  ) {}

  /** What requests about any of the schemas can do with a type's values. */
  operatorsFor(
    { comparing, aggregates, isOrdered, isGrouped }: TypeOperators,
    schemas: Iterable<string>,
  ): OperatorSurface {
    const paths = [...schemas].map((schema) => this.#of(schema))
    const finds = (found: readonly FoundByName[], name: string) => paths.every((path) => isFound(found, name, path))
    return {
      comparing: [...new Set(comparing.map(({ name }) => name))].filter((name) => finds(comparing, name)),
      isOrdered,
      isGrouped,
      isRanked: finds(aggregates, 'min') && finds(aggregates, 'max'),
      isSummed: finds(aggregates, 'sum') && finds(aggregates, 'avg'),
    }
  }

  /** Whether a request about a schema can compare two values of a type by these operators. */
  compares(use: TypeUse, schema: string, ...operators: readonly string[]): boolean {
    const operatorsOf = this.#operatorsOf(use)
    if (operatorsOf === null) return true
    const path = this.#of(schema)
    return operators.every((name) => isFound(operatorsOf.comparing, name, path))
  }

  /** Null: PostgreSQL's own, arrays and what is made of other types are compared by operators of PostgreSQL's own. */
  #operatorsOf(use: TypeUse): TypeOperators | null {
    const type = use.array ? undefined : this.index.types.get(use.type)
    if (type?.kind === 'domain') return this.#operatorsOf(type.base)
    return type?.kind === 'base' ? type.operators : null
  }

  #of(schema: string): ReadonlySet<string> {
    const known = this.#paths.get(schema)
    if (known !== undefined) return known
    const path = new Set([schema, ...this.extra, 'pg_catalog'])
    this.#paths.set(schema, path)
    return path
  }
}

/** One of the type itself, or the only one of the types that it is cast to: of several PostgreSQL may find none best. */
function isFound(found: readonly FoundByName[], name: string, path: ReadonlySet<string>): boolean {
  const candidates = found.filter((each) => each.name === name && path.has(each.schema))
  return candidates.length === 1 || candidates.some(({ isOwn }) => isOwn)
}
