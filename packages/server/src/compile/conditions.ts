import type { Operator, OperatorOf } from '@rolecast/grammar'
import { invariant } from '../invariant.js'
import type { EmbedNode, PlannedCondition, PlannedFilter, PlannedOrder, ReadNode } from '../plan/plan.js'
import { identifier } from '../sql/quote.js'
import { sortColumn } from './embed-order.js'
import { fieldSql } from './fields.js'
import type { Parameters } from './statement.js'

type FullTextOperator = OperatorOf<'full text'>
type Comparison = Exclude<Operator, FullTextOperator | 'is' | 'isdistinct' | 'in'>

const comparisons: Readonly<Record<Comparison, string>> = {
  eq: '=',
  neq: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
  ilike: 'ILIKE',
  match: '~',
  imatch: '~*',
  cs: '@>',
  cd: '<@',
  ov: '&&',
  sl: '<<',
  sr: '>>',
  nxl: '&>',
  nxr: '&<',
  adj: '-|-',
}

const textQueries: Readonly<Record<FullTextOperator, string>> = {
  fts: 'to_tsquery',
  plfts: 'plainto_tsquery',
  phfts: 'phraseto_tsquery',
  wfts: 'websearch_to_tsquery',
}

const booleans: Readonly<Record<string, string>> = {
  null: 'NULL',
  not_null: 'NOT NULL',
  true: 'TRUE',
  false: 'FALSE',
  unknown: 'UNKNOWN',
}

/** How a condition on an embed is written: the joined subquery is there, or in a count it must be asked for. */
export type EmbedTest = (embed: EmbedNode) => string

/** Conditions as the operands of AND. */
export function conditionsSql(
  conditions: readonly PlannedCondition[],
  alias: string,
  embeds: readonly EmbedNode[],
  test: EmbedTest,
  parameters: Parameters,
): string[] {
  return conditions.map((condition): string => {
    if (condition.kind === 'filter') return filterSql(condition, alias, parameters)
    if (condition.kind === 'embed') {
      const embed = embeds.find(({ joinAlias }) => joinAlias === condition.embed)
      const exists = embed === undefined ? 'FALSE' : test(embed)
      // the condition is `is.null`: that the embed has no row
      return condition.negated ? exists : `NOT ${exists}`
    }
    const inner = conditionsSql(condition.conditions, alias, embeds, test, parameters)
    return `${condition.negated ? 'NOT ' : ''}(${inner.join(condition.kind === 'and' ? ' AND ' : ' OR ')})`
  })
}

export function filterSql(filter: PlannedFilter, alias: string, parameters: Parameters): string {
  const { field, negated, operator, toTsvector, language, boolean } = filter
  const languageSql = () =>
    language === null ? '' : `${parameters.place({ from: 'literal', slot: language, form: 'text' })}, `
  const plain = fieldSql(field, alias)
  const left = toTsvector ? `to_tsvector(${languageSql()}${plain})` : plain
  const not = negated ? 'NOT ' : ''
  if (operator === 'is') return `${not}${left} IS ${booleans[boolean ?? ''] ?? 'NULL'}`
  if (operator in textQueries) {
    const query = textQueries[operator as FullTextOperator]
    const value = parameters.place({ from: 'literal', slot: filter.value, form: 'text' })
    return `${not}${left} @@ ${query}(${languageSql()}${value})`
  }
  if (operator === 'isdistinct') return `${not}${left} IS DISTINCT FROM ${valueSql(filter, parameters)}`
  if (operator === 'in') return `${not}${left} = ANY (${listSql(filter, parameters)})`
  const right = valueSql(filter, parameters)
  const quantified = filter.quantifier === null ? right : `${filter.quantifier.toUpperCase()} (${right})`
  return `${not}${left} ${comparisons[operator as Comparison]} ${quantified}`
}

function valueSql({ operator, value, parse, quantifier }: PlannedFilter, parameters: Parameters): string {
  const isPattern = operator === 'like' || operator === 'ilike'
  const placed = parameters.place({ from: 'literal', slot: value, form: isPattern ? 'pattern' : 'text' })
  if (parse === null || isPattern) return placed
  return quantifier === null ? `${parse}(${placed}::text)` : `ARRAY(SELECT ${parse}(unnest(${placed}::text[])))`
}

function listSql({ value, parse }: PlannedFilter, parameters: Parameters): string {
  const placed = parameters.place({ from: 'literal', slot: value, form: 'list' })
  return parse === null ? placed : `SELECT ${parse}(unnest(${placed}::text[]))`
}

export function orderSql(node: ReadNode): string {
  const { order, alias } = node
  if (order.length === 0) return ''
  const terms = order.map((term, index) => {
    const { direction, nulls } = term
    const by =
      term.joinAlias === null ? fieldSql(term.field, alias) : embeddedTermSql(node, term, term.joinAlias, index)
    const suffix =
      (direction === null ? '' : ` ${direction.toUpperCase()}`) +
      (nulls === null ? '' : ` NULLS ${nulls.toUpperCase()}`)
    return by + suffix
  })
  return ` ORDER BY ${terms.join(', ')}`
}

/** A term that is a column of a to-one embed. */
function embeddedTermSql(node: ReadNode, { field }: PlannedOrder, joinAlias: string, index: number): string {
  const embed = node.embeds.find((one) => one.joinAlias === joinAlias)
  invariant(embed !== undefined, 'an order names an embed that is not there')
  const apart = sortColumn(embed, field, index, node)
  if (apart !== null) return columnSql(joinAlias, apart.name)
  return fieldSql({ ...field, toJson: field.path.length > 0 }, joinAlias)
}

export function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

export const columnSql = (alias: string, column: string) => `${identifier(alias)}.${identifier(column)}`
