import { type CallPlan, everyColumn, type Plan, type ReadNode, type ReadPlan, type WritePlan } from '../plan/plan.js'
import type { MediaHandler } from '../schema-cache/media-handlers.js'
import { identifier, literal, qualified } from '../sql/quote.js'
import { bodyRowsSql, bodySql, lineSql, type ResultForm, resultAlias, scalarColumn } from './body.js'
import { callAlias, callSql, computedNames, withColumns } from './call.js'
import { columnSql } from './conditions.js'
import { countSql, nodeSql } from './read.js'
import { Parameters, type Statement } from './statement.js'
import { insertedSql, writeSql } from './write.js'

/** What a request runs, and how its result is read. */
export interface CompiledPlan {
  readonly main: Statement
  /**
   * where the main statement gives the lines of the body, one a row: what else a response is made of, in `resultColumns`; null:
   * the main statement gives all in one row
   */
  readonly head: Statement | null
  /** an EXPLAIN whose first row's "Plan Rows" is the total; null where no estimate is wanted */
  readonly estimate: Statement | null
}

/**
 * The columns of the main statement's one row, in this order. Totals and numbers are text, so that every column can be
 * read in one way. The body comes last: all that stands before it in a response is there before it has arrived.
 */
export const resultColumns = {
  rows: 0,
  total: 1,
  location: 2,
  headers: 3,
  status: 4,
  inserted: 5,
  body: 6,
} as const

const sourceName = 'pgrst_source'

/** The SQL of a plan. Pure. */
export function compile(plan: Plan): CompiledPlan {
  const parameters = new Parameters()
  const text = explained(plan, mainSql(plan, parameters))
  const main = { text, parameters: parameters.list }
  const needsEstimate = plan.count !== null && plan.count.kind !== 'exact' && plan.media.explain === null
  return { main, head: isByRow(plan) ? headOf(plan) : null, estimate: needsEstimate ? estimate(plan) : null }
}

function isByRow(plan: Plan): plan is (ReadPlan | CallPlan) & { handler: MediaHandler } {
  return plan.kind !== 'write' && plan.byRow && plan.handler !== null
}

function headOf(plan: ReadPlan | CallPlan): Statement {
  const parameters = new Parameters()
  const isCounted = plan.kind === 'read' && plan.count !== null && plan.count.kind !== 'planned'
  const limit = isCounted && plan.count.limit !== null ? ` LIMIT ${plan.count.limit}` : ''
  const counted = isCounted ? countSql(plan.root, relationSource(plan.root), [], parameters) : ''
  const total = isCounted
    ? `(SELECT count(*)::text FROM (${counted}${limit}) AS ${identifier('rolecast_counted')})`
    : 'NULL'
  const text = `SELECT NULL, ${total}, NULL, ${settingSql('response.headers')}, ${settingSql('response.status')}, NULL`
  return { text, parameters: parameters.list }
}

function linesSql(handler: MediaHandler, rows: string, isScalar: boolean): string {
  return `SELECT ${lineSql(handler, isScalar)} FROM (${rows}) AS ${identifier(resultAlias)}`
}

function mainSql(plan: Plan, parameters: Parameters): string {
  switch (plan.kind) {
    case 'read':
      return readSql(plan, parameters)
    case 'write':
      return writingSql(plan, parameters)
    case 'call':
      return callingSql(plan, parameters)
  }
}

function readSql(plan: ReadPlan, parameters: Parameters): string {
  const { root, handler } = plan
  const from = relationSource(root)
  const rows = nodeSql(root, from, [], parameters, true)
  if (isByRow(plan)) return linesSql(plan.handler, rows, false)
  const counts = plan.count !== null && plan.count.kind !== 'planned'
  const total = counts ? totalSql(plan, countSql(root, from, [], parameters)) : 'NULL'
  const shown = handler !== null
  return resultSql({ handler, rows, total, body: shown ? bodySql(handler, 'rows') : "''", evaluates: shown })
}

function writingSql(plan: WritePlan, parameters: Parameters): string {
  const { root, handler, write, location } = plan
  const written = writeSql(plan, parameters)
  const source = identifier(sourceName)
  const rows =
    handler === null
      ? `SELECT * FROM ${source}`
      : nodeSql(root, `${source} AS ${identifier(root.alias)}`, [], parameters, false)
  return `WITH ${source} AS (${written}) ${resultSql({
    handler,
    rows,
    total: 'NULL',
    body: handler === null ? "''" : bodySql(handler, 'rows'),
    location: location.length === 0 ? 'NULL' : locationSql(location),
    inserted: write.kind === 'insert' && write.countInserted ? insertedSql : 'NULL',
  })}`
}

function callingSql(plan: CallPlan, parameters: Parameters): string {
  const { handler, routine } = plan
  const { kind, set } = routine.returns
  const root = { ...plan.root, alias: callAlias(plan) }
  const from = callSql({ ...plan, root }, parameters)
  const form: ResultForm = kind === 'composite' ? (set ? 'rows' : 'row') : set ? 'scalars' : 'scalar'
  const body = handler === null || kind === 'void' ? "''" : bodySql(handler, form)
  // Of a scalar there is nothing to select but itself.
  const isWhole = kind !== 'composite' && root.fields.every(({ field }) => field.name === everyColumn)
  const node: ReadNode = isWhole ? { ...root, fields: [scalarField], embeds: [] } : root
  if (isByRow(plan)) {
    return linesSql(plan.handler, nodeSql(node, from, [], parameters, false), kind !== 'composite')
  }
  const common = { handler: body === "''" ? null : handler, body, evaluates: body !== "''", isSingle: !set }
  if (plan.count === null || plan.count.kind === 'planned' || showsAll(node)) {
    const isCounted = plan.count !== null && plan.count.kind !== 'planned'
    const total = isCounted && !set ? "'1'" : totalSql(plan, '')
    return resultSql({ ...common, rows: nodeSql(node, from, [], parameters, false), total })
  }
  // Counted apart from what is selected, but called once.
  const source = identifier(sourceName)
  const alias = identifier(root.alias)
  const again = `${source} AS ${alias}`
  const computed = computedNames(node, routine.returns.columns)
  const kept = [`${alias}.*`, ...computed.map((name) => columnSql(root.alias, name))].join(', ')
  const plain = computed.length === 0 ? node : withColumns(node, routine.returns.columns)
  return `WITH ${source} AS (SELECT ${kept} FROM ${from}) ${resultSql({
    ...common,
    rows: nodeSql(plain, again, [], parameters, false),
    total: totalSql(plan, countSql(plain, again, [], parameters)),
  })}`
}

const scalarField = {
  field: { name: scalarColumn, path: [], toJson: false },
  format: null,
  cast: null,
  aggregate: null,
  aggregateCast: null,
  alias: null,
}

interface Result {
  /** null: no body is made */
  readonly handler: MediaHandler | null
  readonly rows: string
  readonly total: string
  readonly body: string
  readonly location?: string
  readonly inserted?: string
  /** the body takes the rows, so they need not be looked at to make functions run and casts fail */
  readonly evaluates?: boolean
  /** a function that returns no set has one row, whatever is filtered out of it */
  readonly isSingle?: boolean
}

/** One row with everything that the response is made of: see `resultColumns`. */
function resultSql(result: Result): string {
  const {
    handler,
    rows,
    total,
    body,
    location = 'NULL',
    inserted = 'NULL',
    evaluates = true,
    isSingle = false,
  } = result
  const alias = identifier(resultAlias)
  // What is computed for two reasons is computed twice, so rows are counted without a look at them.
  const counted = evaluates ? 'count(*)' : `count(${alias})`
  const rowCount = isSingle ? `greatest(${counted}, 1)` : counted
  return (
    `SELECT ${rowCount}::text, ${total}, ${location}, ` +
    `${settingSql('response.headers')}, ${settingSql('response.status')}, ${inserted}, ${body} ` +
    `FROM (${handler === null ? rows : bodyRowsSql(handler, rows)}) AS ${alias}`
  )
}

const settingSql = (name: string) => `nullif(current_setting(${literal(name)}, true), '')`

function totalSql({ count, root }: ReadPlan | CallPlan, counted: string): string {
  if (count === null || count.kind === 'planned') return 'NULL'
  if (showsAll(root)) return `count(*)::text`
  const limit = count.limit === null ? '' : ` LIMIT ${count.limit}`
  return `(SELECT count(*)::text FROM (${counted}${limit}) AS ${identifier('rolecast_counted')})`
}

/** Every row that would be counted is in the result already; of groups, as in PostgREST, it is they that count then. */
function showsAll({ limit, offset, maximumRows }: ReadNode): boolean {
  return limit === null && offset === null && maximumRows === null
}

/** The key of the one row written, as a JSON array of texts; null where there were more. */
function locationSql(columns: readonly string[]): string {
  const values = columns.map((column) => `row_to_json(one)->>${literal(column)}`).join(', ')
  return (
    `CASE WHEN count(*) = 1 THEN ` +
    `(SELECT json_build_array(${values})::text FROM ${identifier(sourceName)} AS one) END`
  )
}

function relationSource({ relation, alias }: ReadNode): string {
  if (relation === null) return identifier(alias)
  const name = qualified(relation.schema, relation.name)
  return relation.name === alias ? name : `${name} AS ${identifier(alias)}`
}

function estimate(plan: Plan): Statement {
  const parameters = new Parameters()
  const from = plan.kind === 'call' ? callSql(plan, parameters) : relationSource(plan.root)
  const counted = countSql(plan.root, from, [], parameters)
  return { text: `EXPLAIN (FORMAT JSON) ${counted}`, parameters: parameters.list }
}

function explained({ media }: Plan, sql: string): string {
  if (media.explain === null) return sql
  const { format, options } = media.explain
  return `EXPLAIN (${[`FORMAT ${format}`, ...options].join(', ').toUpperCase()}) ${sql}`
}
