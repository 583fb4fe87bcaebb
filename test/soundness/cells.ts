import { type Inspection, inspectionOf, type Surface } from '@rolecast/catalog'
import { quote } from './random-database/names.js'
import type { RandomDatabase, RandomRelation } from './random-database/random-database.js'

/** One question: may the role do this? The statement asks PostgreSQL, `isOffered` is what the surface says. */
export interface Cell {
  readonly role: string
  readonly what: string
  readonly statement: string
  readonly isOffered: boolean
  /** policies or code decide about rows: a row may be refused though the statement is not */
  readonly depends: boolean
  /** calls a function for each row: none is called where there is no row */
  readonly isOfRows?: boolean
}

export function cellsOf(database: RandomDatabase, surface: Surface): Cell[] {
  const inspection = inspectionOf(surface)
  const { role } = inspection
  const cells: Cell[] = []
  for (const relation of database.relations) {
    const found = inspection.relations.find(({ schema, name }) => schema === relation.schema && name === relation.name)
    const name = `${quote(relation.schema)}.${quote(relation.name)}`
    const add = (verb: 'select' | 'insert' | 'update', column: string, statement: string) =>
      cells.push({
        role,
        what: `${name}.${quote(column)}.${verb}`,
        statement,
        isOffered: found?.[verb].includes(column) ?? false,
        depends: found?.verdicts[verb] !== 'unrestricted',
      })
    for (const { name: column, value } of relation.columns) {
      add('select', column, `SELECT ${quote(column)} FROM ${name}`)
      add('insert', column, `INSERT INTO ${name} (${quote(column)}) VALUES (${value})`)
      add('update', column, `UPDATE ${name} SET ${quote(column)} = ${value}`)
    }
    cells.push({
      role,
      what: `${name}.delete`,
      statement: `DELETE FROM ${name}`,
      isOffered: found?.delete ?? false,
      depends: found?.verdicts.delete !== 'unrestricted',
    })
    cells.push(...rowFunctionCells(relation, surface))
    if (found) cells.push(...combinedCells(role, relation, found))
  }
  for (const { schema, name, argument } of database.functions) {
    const called = `${quote(schema)}.${quote(name)}`
    cells.push({
      role,
      what: called,
      statement: `SELECT ${called}(${argument?.sql ?? ''})`,
      isOffered: inspection.functions.some((item) => item.schema === schema && item.name === name),
      depends: false,
    })
  }
  return cells
}

/** Computed fields and relationships. What a relationship leads to is a relation of the surface, or it is not offered. */
function rowFunctionCells({ schema, name, rowFunctions }: RandomRelation, { role, relations }: Surface): Cell[] {
  const found = (of: string) => relations.find((relation) => relation.schema === schema && relation.name === of)
  const source = found(name)
  return rowFunctions.flatMap(({ name: called, target }): Cell[] => {
    if (target !== null && !found(target.name)?.select.length) return []
    const row = `${quote(schema)}.${quote(name)} t`
    const call = `${quote(schema)}.${quote(called)}(t)`
    const isOffered = target
      ? source?.relationships.some(({ request }) => request === called)
      : source?.computed.some((field) => field.name === called)
    return [
      {
        role,
        what: `${quote(schema)}.${quote(name)}.select`,
        statement: target ? `SELECT FROM ${row}, LATERAL ${call} f` : `SELECT ${call} FROM ${row}`,
        isOffered: isOffered ?? false,
        depends: false,
        isOfRows: true,
      },
    ]
  })
}

/** What clients make of a surface: several columns at once, with filters, returned rows and conflicts. All is offered. */
function combinedCells(role: string, relation: RandomRelation, found: Inspection['relations'][number]): Cell[] {
  const name = `${quote(relation.schema)}.${quote(relation.name)}`
  const { select, filter, update, inserting, returning, filtered, upsert, verdicts } = found
  const list = (columns: readonly string[]) => columns.map(quote).join(', ')
  const valueFor = (column: string) => relation.columns.find((item) => item.name === column)?.value ?? 'NULL'
  const insert = (columns: readonly string[]) =>
    `INSERT INTO ${name} (${list(columns)}) VALUES (${columns.map(valueFor).join(', ')})`
  const where = filter.length > 0 ? `WHERE ${filter.map((column) => `${quote(column)} IS NOT NULL`).join(' AND ')}` : ''
  const set = (columns: readonly string[]) =>
    columns.map((column) => `${quote(column)} = ${valueFor(column)}`).join(', ')
  const back = (columns: readonly string[]) => (columns.length > 0 ? ` RETURNING ${list(columns)}` : '')
  const key =
    upsert.merge.length > 0
      ? found.uniqueKeys.find((columns) => columns.every((c) => upsert.merge.includes(c)))
      : undefined
  const ignoring = upsert.ignore.length > 0 ? found.uniqueKeys[0] : undefined
  const statements: [verb: keyof typeof verdicts, isOffered: boolean, statement: string][] = [
    ['select', select.length > 0, `SELECT ${list(select)} FROM ${name} ${where} ORDER BY ${list(select)}`],
    ['insert', inserting.columns.length > 0, insert(inserting.columns)],
    ['insert', inserting.required.length > 0, insert(inserting.required)],
    ['insert', returning.insert.length > 0, `${insert(inserting.columns)}${back(returning.insert)}`],
    ['insert', ignoring !== undefined, `${insert(upsert.ignore)} ON CONFLICT (${list(ignoring ?? [])}) DO NOTHING`],
    ['update', update.length > 0, `UPDATE ${name} SET ${set(update)}`],
    ['update', returning.update.length > 0, `UPDATE ${name} SET ${set(update)}${back(returning.update)}`],
    ['update', filtered.update, `UPDATE ${name} SET ${set(update)} ${where}`],
    ['delete', filtered.delete, `DELETE FROM ${name} ${where}${back(returning.delete)}`],
    [
      'insert',
      key !== undefined,
      `${insert(upsert.merge)} ON CONFLICT (${list(key ?? [])}) DO UPDATE SET ${upsert.merge.map((c) => `${quote(c)} = EXCLUDED.${quote(c)}`).join(', ')}`,
    ],
  ]
  return statements
    .filter(([, isOffered]) => isOffered)
    .map(([verb, , statement]) => ({
      role,
      what: `${name}.${verb}`,
      statement,
      isOffered: true,
      depends: verdicts[verb] !== 'unrestricted' || found.verdicts.select !== 'unrestricted',
    }))
}

/** What PostgreSQL said: `00000`, or an error's SQLSTATE, and its message. */
export interface Outcome {
  readonly state: string
  readonly message: string
}

/** Errors after every privilege was granted: the data is not right, or not all was given. */
const afterPrivileges = new Set(['00000', '23502', '23503', '23505', '23514', '23P01', '44000'])

/** Not a question of privileges, but nothing can be written: generated columns, what no view can pass on. */
const neverWritable = new Set(['428C9', '0A000', '55000', '42809'])

/** @returns what is wrong with the surface, or null */
export function compare(cell: Cell, { state, message }: Outcome): string | null {
  const isRowRefused = state === '42501' && /row-level security policy/.test(message)
  if (isRowRefused && cell.isOffered && cell.depends) return null
  const isUnset = state === '55000' && message.startsWith('currval of sequence')
  const isAllowed =
    isUnset ||
    afterPrivileges.has(state) ||
    (state.startsWith('XX') && /constraint .* gave unexpected result/.test(message))
  if (!isAllowed && state !== '42501' && !neverWritable.has(state)) return `unexpected ${state} ${message}`
  if (isAllowed === cell.isOffered) return null
  return cell.isOffered
    ? `offered, but PostgreSQL says ${state} ${message}`
    : `withheld, but PostgreSQL says ${state} ${message}`
}

/**
 * What a surface withholds although PostgreSQL, with the rows that happen to be there, lets it pass:
 *
 * - No row was reached, and what is refused is evaluated row by row, or left out of the plan of a relation that is surely
 *   empty. No row could ever come of it.
 * - A view that is surely empty reads others that are grouped or made distinct: they are not planned at all then, nor are
 *   the grants behind them checked.
 * - A value was missing that a BEFORE trigger might have filled in. Then it would have been refused.
 * - A key led nowhere, no partition takes the row, or it conflicts with another: nothing came to what follows that.
 */
export function dependsOnRows(cell: Cell, outcome: Outcome | undefined, facts: readonly string[]): boolean {
  if (cell.isOffered || outcome === undefined) return false
  const [last = ''] = facts.slice(-1)
  const late = {
    23502: /^The (CHECK|index|WHEN condition|rule) /,
    23503: /^The rule /,
    '23P01': /^The (rule|foreign key|WHEN condition) /,
    23514: /^(The (rule|index|CHECK|WHEN condition)|No policy) /,
  }[outcome.state]
  const isNowhere = outcome.state !== '23514' || /no partition of|partition constraint/.test(outcome.message)
  if (late !== undefined) return isNowhere && facts.some((fact) => late.test(fact))
  const noRow = outcome.state === '00000' && outcome.message === '0'
  if (noRow && cell.isOfRows) return true
  const isOfKeys = facts.some((fact) => fact.startsWith('The foreign key '))
  const viewsBehind = facts.filter((fact) => /^The view .* acts as /.test(fact))
  if (noRow && viewsBehind.length > 1) return true
  return (
    noRow && (isOfKeys || /has no EXECUTE on|on the sequence|has no USAGE on schema|ever lets UPDATE by/.test(last))
  )
}
