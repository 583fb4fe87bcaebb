import type { Equality, QueryShape, Source, Variable } from './query-shape.js'

/** One column of a key. */
export interface KeyPart {
  /** attribute number of a relation, or position in a query's result counted from 1 */
  readonly attribute: number
  /** the family of operators (pg_opfamily) by which its values differ; null: only known to be of some family */
  readonly family: number | null
}

/** Columns of which no two rows have the same values, unless one of these is null. Without columns: at most one row. */
export type Key = readonly KeyPart[]

export interface KeyContext {
  /** keys of a relation; `isOnly`: without those that inherit from it */
  keysOf(relation: number, isOnly: boolean): readonly Key[]
  /** families in which an operator is the equality */
  familiesOf(operator: number): ReadonlySet<number>
  /** under the collation different texts may be equal */
  isLoose(collation: number): boolean
}

/**
 * The unique keys of a query's result. A key of one source is one of the whole if each of its rows meets at most one row of
 * every other source: because conditions equate a key of that source with columns of sources that this holds for already.
 */
export function keysOfQuery(shape: QueryShape, context: KeyContext): Key[] {
  if (shape.isOneRow) return [[]]
  const sources = new Map(
    shape.sources.map((source) => [source.number, { source, keys: keysOfSource(source, context) }]),
  )
  if (shape.groups === null && sources.size === 0) return [[]]
  const found: Key[] = []
  for (const { source, keys } of sources.values()) {
    // made anew for each row of what it mentions
    if (source.kind === 'query' && source.needs.length > 0) continue
    const reached = keys.length > 0 ? reachedFrom(source.number, sources, shape, context) : new Set<number>()
    const isWhole =
      shape.groups === null
        ? reached.size === sources.size
        : shape.groups.every((group) => group?.variable && reached.has(group.variable.source))
    if (!isWhole) continue
    for (const key of keys) {
      const isGrouped = key.every((part) => isGroup(shape, source.number, part))
      if (shape.groups === null || isGrouped) found.push(...shown(key, source.number, shape, context))
    }
  }
  if (shape.groups !== null) found.push(...keyOfAll(shape.groups, context))
  if (shape.distinct.length > 0) found.push(...keyOfAll(shape.distinct, context))
  return smallest(found)
}

function isGroup({ groups }: QueryShape, source: number, { attribute }: KeyPart): boolean {
  return (groups ?? []).some((group) => group?.variable?.source === source && group.variable.attribute === attribute)
}

function keysOfSource(source: Source, context: KeyContext): readonly Key[] {
  switch (source.kind) {
    case 'relation':
      return context.keysOf(source.relation, source.isOnly)
    case 'query':
      return keysOfQuery(source.shape, context)
    case 'one row':
      return [[]]
    case 'unknown':
      return []
  }
}

type Sources = ReadonlyMap<number, { readonly source: Source; readonly keys: readonly Key[] }>

/** The sources of which each row of `start` meets at most one row. */
function reachedFrom(start: number, sources: Sources, shape: QueryShape, context: KeyContext): ReadonlySet<number> {
  const reached = new Set([start])
  for (let size = 0; size < reached.size; ) {
    size = reached.size
    for (const [number, { source, keys }] of sources) {
      if (reached.has(number)) continue
      if (source.kind === 'query' && !source.needs.every((need) => reached.has(need))) continue
      const isGiven = (part: KeyPart) =>
        shape.equalities.some(
          (equality) => holdsFor(equality, start, number) && gives(equality, number, part, reached, context),
        )
      if (keys.some((key) => key.every(isGiven))) reached.add(number)
    }
  }
  return reached
}

/**
 * Whether a condition holds wherever a row of `start` meets one of `other`. A join that fills a side with nulls keeps rows
 * of the other side that its condition does not hold for.
 */
function holdsFor({ filled }: Equality, start: number, other: number): boolean {
  if (filled.length === 0) return true
  if (filled.length === 1) return filled.some((side) => side.has(other) || side.has(start))
  return filled.some((side) => side.has(other)) && filled.some((side) => side.has(start) && !side.has(other))
}

/** Whether an equality says what a key's column is, by columns of sources that were reached. */
function gives(
  { operator, collation, sides }: Equality,
  number: number,
  part: KeyPart,
  reached: ReadonlySet<number>,
  context: KeyContext,
): boolean {
  if (part.family === null || !context.familiesOf(operator).has(part.family)) return false
  return sides.some(({ variable, collation: own }, index) => {
    if (variable?.source !== number || variable.attribute !== part.attribute) return false
    if (context.isLoose(collation) && collation !== own) return false
    const other = sides[1 - index]?.variable
    return other === null || (other !== undefined && reached.has(other.source))
  })
}

/** More ways than these to show a key under several names are not listed. */
const maxWays = 8

/** A key under the names that the result has for it, where it shows all of its columns, or what must equal them. */
function shown(key: Key, source: number, shape: QueryShape, context: KeyContext): Key[] {
  let ways: Key[] = [[]]
  for (const part of key) {
    if (isConstant({ source, attribute: part.attribute }, part.family, shape, context)) continue
    const positions = positionsOf({ source, attribute: part.attribute }, part.family, shape, context)
    ways = ways
      .flatMap((way) => positions.map((attribute) => [...way, { attribute, family: part.family }]))
      .slice(0, maxWays)
  }
  // where a join fills the source with nulls there may be several rows without it
  return shape.filled.has(source) ? ways.filter((way) => way.length > 0) : ways
}

/** Whether the query's own condition says what a column is, the same for all rows. */
function isConstant(variable: Variable, family: number | null, shape: QueryShape, context: KeyContext): boolean {
  if (family === null) return false
  return shape.equalities.some(({ operator, collation, sides, filled }) => {
    if (filled.length > 0 || !context.familiesOf(operator).has(family)) return false
    return sides.some(
      (side, index) =>
        side.variable !== null &&
        isSame(side.variable, variable) &&
        !(context.isLoose(collation) && collation !== side.collation) &&
        sides[1 - index]?.variable === null,
    )
  })
}

function positionsOf(variable: Variable, family: number | null, shape: QueryShape, context: KeyContext): number[] {
  const same = [variable, ...equalTo(variable, family, shape, context)]
  return same.flatMap(({ source, attribute }) =>
    shape.columns.flatMap((column, index) =>
      column?.source === source && column.attribute === attribute ? [index + 1] : [],
    ),
  )
}

function equalTo(variable: Variable, family: number | null, shape: QueryShape, context: KeyContext): Variable[] {
  if (family === null) return []
  return shape.equalities.flatMap(({ operator, collation, sides: [left, right], filled }) => {
    if (filled.length > 0 || !context.familiesOf(operator).has(family) || context.isLoose(collation)) return []
    if (!left.isBare || !right.isBare || left.variable === null || right.variable === null) return []
    if (isSame(left.variable, variable)) return [right.variable]
    return isSame(right.variable, variable) ? [left.variable] : []
  })
}

const isSame = (a: Variable, b: Variable) => a.source === b.source && a.attribute === b.attribute

/** GROUP BY and DISTINCT: no two rows agree in all of the columns; only where all are shown. */
function keyOfAll(
  columns: readonly ({ readonly position: number | null; readonly equality: number } | null)[],
  context: KeyContext,
): Key[] {
  const parts = columns.flatMap((column) =>
    column === null || column.position === null || column.position < 0
      ? []
      : [{ attribute: column.position + 1, family: [...context.familiesOf(column.equality)][0] ?? null }],
  )
  return parts.length === columns.length ? [parts] : []
}

/** Without those that hold another one, and each once. */
function smallest(keys: readonly Key[]): Key[] {
  const sets = keys.map((key) => new Set(key.map(({ attribute }) => attribute)))
  return keys.filter((_, index) => {
    const own = sets[index] ?? new Set()
    return !sets.some((other, at) => {
      const isWithin = [...other].every((attribute) => own.has(attribute))
      return isWithin && (other.size < own.size || (other.size === own.size && at < index))
    })
  })
}
