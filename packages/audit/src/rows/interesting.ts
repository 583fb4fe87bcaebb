import type { Catalog, QualifiedName, Security, Term } from '@rolecast/catalog'
import { indexCatalog } from '@rolecast/catalog'
import { bare, termsIn } from '../policies/terms.js'
import { comparedPairs, itemsOf, keyOfColumn, keyOfRelation, policyTerms } from './claims.js'

/** Values that conditions tell apart, by column (`keyOfColumn`); null is NULL. The first makes a condition hold, if one can. */
export type ToldApart = ReadonlyMap<string, readonly (string | null)[]>

const mostValues = 4

/** What policies and views compare columns with, and the other values that these columns may have. */
export function toldApart(catalog: Catalog, security: Security): ToldApart {
  const { relations, types } = indexCatalog(catalog)
  const found = new Map<string, Set<string | null>>()
  const add = (relation: QualifiedName, column: string, values: readonly (string | null)[]) => {
    const key = keyOfColumn({ relation, column })
    const known = found.get(key) ?? new Set()
    found.set(key, known)
    for (const value of values) known.add(value)
  }
  for (const { relation, term } of policyTerms(security)) {
    for (const part of termsIn(term)) {
      if (part.kind === 'column' && part.column !== null) add(part.of ?? relation, part.column, [])
      const [tested] = part.kind === 'other' && part.name === 'is null' ? part.parts.map(bare) : []
      if (tested?.kind === 'column' && tested.column !== null) add(tested.of ?? relation, tested.column, [null])
      if (part.kind !== 'operator') continue
      const pairs = part.name === '=' ? comparedPairs(part) : part.parts.length === 2 ? bothWays(part.parts) : []
      for (const [left, right] of pairs) {
        const [column, constant] = [bare(left), bare(right)]
        if (column.kind !== 'column' || column.column === null) continue
        if (constant.kind === 'constant' && constant.value !== null)
          add(column.of ?? relation, column.column, itemsOf(constant.value))
        if (/^[<>]=?$/.test(part.name)) add(column.of ?? relation, column.column, [])
      }
    }
  }
  // Functions of policies look rows up by kinds of membership: what they compare is in their text alone.
  for (const { policies } of catalog.relations) {
    const called = policies.flatMap(({ using, check }) => [using, check].flatMap((part) => part?.uses.functions ?? []))
    for (const read of called.flatMap((signature) => security.code[signature]?.relations ?? [])) {
      const columns = relations.get(read)?.columns ?? []
      for (const { name, type } of columns) if (types.get(type.type)?.kind === 'enum') add(read, name, [])
    }
  }
  for (const { view } of catalog.relations) {
    for (const { relation, column } of view?.conditionInputs ?? []) add(relation, column, [])
  }
  const result = new Map<string, readonly (string | null)[]>()
  for (const relation of catalog.relations) {
    for (const column of relation.columns) {
      const key = keyOfColumn({ relation: keyOfRelation(relation), column: column.name })
      const mined = found.get(key)
      if (mined === undefined || column.generated !== null) continue
      const type = types.get(column.type.type)
      const others = column.type.array
        ? []
        : type?.kind === 'enum'
          ? type.labels
          : column.type.formatted === 'boolean'
            ? ['false', 'true']
            : /^(date|timestamp)/.test(column.type.formatted)
              ? ['2000-01-01 00:00:00+00', '2999-01-01 00:00:00+00']
              : []
      // What may have no date has none as a rule: it is not deleted, not over.
      const isOpen = /^(date|timestamp)/.test(column.type.formatted) && !column.notNull
      const values = [...(isOpen ? [null] : []), ...mined, ...others, ...(column.notNull ? [] : [null])]
      result.set(key, [...new Set(values)].slice(0, mostValues))
    }
  }
  return result
}

function bothWays(parts: readonly Term[]) {
  const [left, right] = parts
  return left === undefined || right === undefined
    ? []
    : ([
        [left, right],
        [right, left],
      ] as const)
}
