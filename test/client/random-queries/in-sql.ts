import type { ColumnModel, RelationModel } from '../../../templates/client/model.js'
import { type Asked, type Shown, sqlColumn, sqlText, type Term, tableOf } from './asked.js'
import { inside, nameOf, spreadName } from './in-client.js'

/** What the rows of a query are, by SQL alone: in its order, and then by what rows are told apart by. */
export function inSql(asked: Asked): string {
  const { relation, columns, aliases, shown, where, order, limit, offset } = asked
  const members = [
    ...columns.flatMap((column) => [sqlText(nameOf(column, aliases)), readOf(column, 'r')]),
    ...(asked.inside ? [sqlText(inside), `${sqlColumn(asked.inside)}->'in'->>'t'`] : []),
    ...shown.flatMap(membersOf),
  ]
  const terms = [...order.map(termOf), ...toldApartBy(relation).map((column) => sqlColumn(column))]
  return [
    `SELECT json_build_object(${members}) AS row FROM ${tableOf(relation)} r`,
    where.length > 0 ? `WHERE ${where.map(({ sql }) => sql).join(' AND ')}` : '',
    terms.length > 0 ? `ORDER BY ${terms}` : '',
    limit === null ? '' : `LIMIT ${limit}`,
    offset === null ? '' : `OFFSET ${offset}`,
  ].join(' ')
}

/** The key; without one all that rows can be ordered by. */
export function toldApartBy({ surface, columns }: RelationModel): readonly ColumnModel[] {
  const names = surface.primaryKey.length > 0 ? surface.primaryKey : surface.select
  return names.flatMap((name) => {
    const column = columns.get(name)
    return column?.type.abilities.ordered ? [column] : []
  })
}

function readOf(column: ColumnModel, of: string): string {
  const cast = { t: '::text', T: '::text[]' }[column.type.kind as string] ?? ''
  return sqlColumn(column, of) + cast
}

function related({ target, surface: { columns } }: Shown['relationship'], what: string): string {
  const on = columns.map(([own, other]) => `${sqlColumn({ name: own })} = ${sqlColumn({ name: other }, 's')}`)
  return `(SELECT ${what} FROM ${tableOf(target)} s WHERE ${on.join(' AND ')})`
}

function membersOf({ relationship, columns, isSpread }: Shown): string[] {
  const isMany = relationship.surface.cardinality === 'many'
  if (isSpread) {
    return columns.flatMap((column) => {
      const value = readOf(column, 's')
      const list = isMany ? `coalesce(json_agg(${value}), '[]')` : value
      return [sqlText(spreadName(relationship, column)), related(relationship, list)]
    })
  }
  const row = `json_build_object(${columns.flatMap((column) => [sqlText(column.property), readOf(column, 's')])})`
  return [sqlText(relationship.property), related(relationship, isMany ? `coalesce(json_agg(${row}), '[]')` : row)]
}

function termOf({ column, of, isInside, direction, nulls }: Term): string {
  const value = of ? related(of, sqlColumn(column, 's')) : sqlColumn(column) + (isInside ? `->'n'` : '')
  return `${value} ${direction}${nulls ? ` NULLS ${nulls}` : ''}`
}
