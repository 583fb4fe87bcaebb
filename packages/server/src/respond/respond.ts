import type { Query } from '@rolecast/grammar'
import { resultColumns } from '../compile/compile.js'
import { errorResponse } from '../errors/error-response.js'
import { offsetBeyondTotal } from '../errors/request-errors.js'
import { maxEchoLength } from '../errors/shorten.js'
import type { HttpResponse } from '../http-message.js'
import { contentTypeOf } from '../parse/media-type.js'
import type { CallPlan, Plan, ReadPlan, WritePlan } from '../plan/plan.js'
import { BodyStream } from '../postgres/body-stream.js'
import { RowStream } from '../postgres/row-stream.js'
import type { Row } from '../postgres/wire/data-row.js'
import { contentRange, rangeOf } from './content-range.js'
import { contentLocation, location } from './locations.js'
import { preferenceApplied } from './preference-applied.js'
import { type Header, settingHeaders, settingStatus, withOverrides } from './settings-override.js'

/** What a response is made of. */
export interface Outcome {
  readonly plan: Plan
  readonly query: Query
  /** the main statement's rows */
  readonly main: readonly Row[]
  /** the body, where it did not become text in `main` */
  readonly body: Buffer | BodyStream | RowStream | null
  /** of an EXPLAIN for an estimate */
  readonly estimate: readonly Row[]
  /** path and query as sent */
  readonly target: string
  /** schema to name in the response; null: none */
  readonly profile: string | null
  readonly maximumRows: number | null
  readonly verbosity: 'verbose' | 'minimal'
}

/** @throws ApiError PGRST111, PGRST112 */
export function respond(outcome: Outcome): HttpResponse {
  const { plan, main } = outcome
  if (plan.media.explain !== null) return explained(outcome)
  const row: Row = main[0] ?? []
  const made = plan.kind === 'write' ? afterWrite(plan, outcome, row) : afterRead(plan, outcome, row)
  const overrides = settingHeaders(row[resultColumns.headers] ?? null)
  const status = settingStatus(row[resultColumns.status] ?? null) ?? made.status
  return { status, headers: withOverrides(made.headers, overrides), body: made.body }
}

function explained({ plan, main, profile }: Outcome): HttpResponse {
  const body = main.map(([line]) => `${withoutTemporarySchema(line ?? '')}\n`).join('')
  return { status: 200, headers: typeHeaders(plan, profile), body }
}

/** Every search path ends with the schema of temporary tables, so that none can stand in for another relation. */
function withoutTemporarySchema(explained: string): string {
  return explained.replace(/(search_path(?: = '|": ")[^\n]*), (\\?")pg_temp\2(?=['"])/, '$1')
}

function typeHeaders({ media }: Plan, profile: string | null): Header[] {
  const type: Header = ['Content-Type', contentTypeOf(media)]
  return profile === null ? [type] : [type, ['Content-Profile', profile]]
}

function numberAt(row: Row, column: number): number {
  return Number(row[column] ?? 0)
}

function preferenceHeaders(query: Query, canResolve: boolean, isByRow = false): Header[] {
  const applied = preferenceApplied(query, canResolve, isByRow)
  return applied === null ? [] : [['Preference-Applied', applied]]
}

function bodyOf({ handler }: Plan, { body }: Outcome, row: Row): HttpResponse['body'] {
  if (handler === null) return null
  if (body === null) return row[resultColumns.body] ?? ''
  if (body instanceof RowStream) return { stream: body, length: null }
  return body instanceof BodyStream ? { stream: body, length: body.length } : body
}

function afterRead(plan: ReadPlan | CallPlan, outcome: Outcome, row: Row): HttpResponse {
  const { query, target, profile, verbosity } = outcome
  const offset = query.selection.offset ?? 0
  const total = totalOf(plan, outcome, row)
  const { status, range } = plan.byRow
    ? { status: 200, range: `*/${total ?? '*'}` }
    : rangeOf(offset, numberAt(row, resultColumns.rows), total)
  const headers: Header[] = [['Content-Range', range]]
  // Clients have room for headers of some 16 KiB.
  if (plan.kind === 'read' && target.length <= maxEchoLength) {
    headers.push(['Content-Location', contentLocation(plan.relation.name, target)])
  }
  headers.push(...preferenceHeaders(query, false, plan.byRow))
  if (plan.kind === 'call' && plan.routine.returns.kind === 'void') return { status: 204, headers, body: null }
  headers.push(...typeHeaders(plan, profile))
  if (status !== 416) return { status, headers, body: bodyOf(plan, outcome, row) }
  return { status, headers, body: errorResponse(offsetBeyondTotal(offset, total ?? 0), verbosity).body }
}

function totalOf({ count }: ReadPlan | CallPlan, { estimate, maximumRows }: Outcome, row: Row): number | null {
  if (count === null) return null
  const counted = numberAt(row, resultColumns.total)
  if (count.kind === 'exact') return counted
  const estimated = planRows(estimate)
  if (count.kind === 'planned') return estimated
  return counted > (maximumRows ?? -1) ? Math.max(counted, estimated ?? 0) : counted
}

function planRows(estimate: readonly Row[]): number | null {
  const [plan] = JSON.parse(estimate[0]?.[0] ?? '[]') as { Plan?: { 'Plan Rows'?: number } }[]
  return plan?.Plan?.['Plan Rows'] ?? null
}

function afterWrite(plan: WritePlan, outcome: Outcome, row: Row): HttpResponse {
  const { query, profile } = outcome
  const rows = numberAt(row, resultColumns.rows)
  const inserted = row[resultColumns.inserted] ?? null
  const { count } = query.preferences
  const total = count === undefined || count === 'planned' ? null : rows
  const withBody = query.preferences.return === 'representation'
  const headers: Header[] = []
  if (query.kind === 'insert') headers.push(...locationHeaders(plan, row))
  if (query.kind === 'update') headers.push(['Content-Range', contentRange(0, rows - 1, total)])
  else if (query.kind !== 'put') headers.push(['Content-Range', contentRange(1, 0, total)])
  headers.push(...preferenceHeaders(query, canResolve(plan, query)))
  if (withBody) headers.push(...typeHeaders(plan, profile))
  return {
    status: writeStatus(query, withBody, rows, inserted),
    headers,
    body: withBody ? bodyOf(plan, outcome, row) : null,
  }
}

function canResolve({ relation }: WritePlan, query: Query): boolean {
  return relation.primaryKey.length > 0 || (query.kind === 'insert' && query.onConflict !== null)
}

/** @param inserted number of new rows, null where all that were written are new */
function writeStatus({ kind, preferences }: Query, withBody: boolean, rows: number, inserted: string | null): number {
  const isNew = Number(inserted ?? rows) > 0
  if (kind === 'insert') return preferences.resolution === 'merge-duplicates' && !isNew ? 200 : 201
  if (!withBody) return 204
  return kind === 'put' && isNew ? 201 : 200
}

function locationHeaders({ relation, location: columns }: WritePlan, row: Row): Header[] {
  const text = row[resultColumns.location] ?? null
  if (text === null) return []
  return [['Location', location(relation.name, columns, JSON.parse(text) as (string | null)[])]]
}
