import type { Relation, RelationSurface } from '@rolecast/catalog'
import { indexCatalog } from '@rolecast/catalog'
import { keyOfColumn, keyOfRelation } from '../rows/claims.js'
import { type RelationRow, relationRows } from '../rows/relation-rows.js'
import type { SeedRow } from '../rows/row.js'
import type { World } from '../rows/world.js'
import type { Caller, Trial } from './permission-test.js'
import { deleteRow, insertRow, readRow, unseedSql, updateRow } from './requests.js'
import type { Situation } from './situations.js'

type Values = Readonly<Record<string, string | null>>

/** Types whose values requests can ask for by `eq`. */
const comparable = /^(text|uuid|integer|bigint|smallint|character|name|boolean|date)/

/**
 * What a caller may find out and do with the rows that were made.
 *
 * @param situation what the owner changes before; of the rows that it matters to, and only where conditions decide
 */
export function rowTrials(
  world: World,
  caller: Caller,
  relation: Relation,
  surface: RelationSurface,
  made: readonly SeedRow[],
  situation?: Situation,
): readonly Trial[] {
  const rows = relationRows(world.catalog, relation, made).filter(({ row }) =>
    caller.isWithoutClaims
      ? situation === undefined && row.varied === null && row.persona === 'a'
      : situation === undefined || isConcerned(row, situation),
  )
  const isOpen = (verb: keyof RelationSurface['verdicts']) => surface.verdicts[verb] === 'unrestricted'
  const chosen = (verb: keyof RelationSurface['verdicts']) => {
    if (caller.isWithoutClaims && verb !== 'insert') return []
    if (!isOpen(verb)) return rows
    if (caller.isWithoutClaims || situation !== undefined) return []
    return rows.filter(({ row }) => row.varied === null && row.persona === 'a')
  }
  const base = { object: keyOfRelation(relation), caller, setup: [] as readonly string[] }
  const trials = [
    ...chosen('select').flatMap((row): Trial[] => {
      const key = keyOf(row, surface)
      return key === null
        ? []
        : [
            {
              ...base,
              titles: [`sees ${row.row.label}`, `does not see ${row.row.label}`],
              steps: [readRow(relation, key)],
            },
          ]
    }),
    ...chosen('update').flatMap((row) =>
      updates(world, row, relation, surface, made).map((trial) => ({ ...base, ...trial })),
    ),
    ...chosen('delete').flatMap((row): Trial[] => {
      const key = surface.delete ? keyOf(row, surface) : null
      return key === null
        ? []
        : [
            {
              ...base,
              titles: [`deletes ${row.row.label}`, `does not delete ${row.row.label}`],
              titleOfReferred: `deletes ${row.row.label}, but for rows that refer to it`,
              steps: [deleteRow(relation, key)],
            },
          ]
    }),
    ...(situation?.persona === null ? [] : chosen('insert')).flatMap((row) =>
      inserts(world, row, relation, surface, made).map((trial) => ({ ...base, ...trial })),
    ),
  ]
  return situation === undefined ? trials : trials.map((trial) => inSituation(trial, situation))
}

const isConcerned = (row: SeedRow, { persona, relation }: Situation): boolean =>
  persona === null
    ? row.relation === relation && (row.varied !== null || row.persona === 'b')
    : row.varied === null && row.persona === persona

const inSituation = (trial: Trial, { label, setup }: Situation): Trial => ({
  ...trial,
  ...(trial.titleOfReferred !== undefined && { titleOfReferred: `${trial.titleOfReferred}, where ${label}` }),
  titles: [`${trial.titles[0]} where ${label}`, `${trial.titles[1]} where ${label}`],
  setup: [...setup, ...trial.setup],
})

/** Values that find the row, of columns that the caller may filter by. */
function keyOf({ values, key }: RelationRow, { filter, columns }: RelationSurface): Values | null {
  const isReadable = (name: string) => filter.includes(name) && values[name] !== undefined && values[name] !== null
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type.formatted ?? ''
  const names =
    key.length > 0 && key.every(isReadable)
      ? key
      : Object.keys(values).filter((name) => isReadable(name) && comparable.test(typeOf(name)))
  const isTelling =
    names === key || names.some((name) => /^(text|uuid|integer|bigint|character|name)/.test(typeOf(name)))
  return isTelling && names.length > 0 ? pick(values, names) : null
}

type Asked = Pick<Trial, 'titles' | 'steps'> & { readonly setup?: readonly string[] }

function updates(
  world: World,
  row: RelationRow,
  relation: Relation,
  surface: RelationSurface,
  made: readonly SeedRow[],
): Asked[] {
  const key = keyOf(row, surface)
  if (key === null || surface.update.length === 0) return []
  const { label } = row.row
  const same =
    surface.update.find((name) => row.values[name] !== undefined && !row.key.includes(name)) ?? surface.update[0]
  const kept = same === undefined ? undefined : row.values[same]
  const asked: Asked[] = []
  if (same !== undefined)
    asked.push({
      titles: [`changes ${label}`, `does not change ${label}`],
      steps: [updateRow(relation, key, same, kept ?? null)],
    })
  if (row.row.varied !== null || row.row.persona === 'b') return asked
  for (const column of surface.update) {
    for (const value of otherValues(world, made, row, column)) {
      const to = `${column} ${value ?? 'null'}`
      asked.push({
        titles: [`gives ${label} ${to}`, `does not give ${label} ${to}`],
        steps: [updateRow(relation, key, column, value)],
      })
    }
  }
  return asked
}

/** Values of a column that conditions tell from the one it has: the other persona's, or those of a constant. */
function otherValues(
  world: World,
  made: readonly SeedRow[],
  row: RelationRow,
  column: string,
): readonly (string | null)[] {
  const table = indexCatalog(world.catalog).relations.get(row.row.relation)
  const own = table?.columns.find(({ name }) => row.nameOf(name) === column)
  if (table === undefined || own === undefined) return []
  const refers = table.constraints.some(({ kind, columns }) => kind === 'foreign key' && columns.includes(own.name))
  const isClaim = world.claimOf(row.row.relation, own.name) !== undefined
  const others =
    refers || isClaim
      ? [other(made, row.row, own.name)]
      : (world.toldApart.get(keyOfColumn({ relation: row.row.relation, column: own.name })) ?? [])
  return others.filter((value): value is string | null => value !== undefined && value !== row.values[column])
}

/** What the other persona's row has there. */
const other = (made: readonly SeedRow[], { relation, persona }: SeedRow, column: string) =>
  made.find((row) => row.relation === relation && row.persona !== persona && row.varied === null)?.values[column]

function inserts(
  world: World,
  row: RelationRow,
  relation: Relation,
  surface: RelationSurface,
  made: readonly SeedRow[],
): Asked[] {
  if (surface.insert.length === 0) return []
  const table = indexCatalog(world.catalog).relations.get(row.row.relation)
  if (table === undefined) return []
  const fresh = world.fresh(row.row, made)
  const values: Values = Object.fromEntries(
    Object.keys({ ...row.values }).flatMap((name) => {
      const column = table.columns.find((item) => row.nameOf(item.name) === name)
      if (!surface.insert.includes(name) || column === undefined) return []
      return [[name, fresh.values[column.name] ?? row.values[name] ?? null]]
    }),
  )
  const label = row.row.label
  const setup = fresh.isFresh ? {} : { setup: withoutRow(world, row.row, made) }
  const asked: Asked[] = [
    { titles: [`inserts ${label}`, `does not insert ${label}`], steps: [insertRow(relation, values)], ...setup },
  ]
  if (row.row.varied !== null || row.row.persona === 'b') return asked
  for (const column of Object.keys(values)) {
    for (const value of otherValues(world, made, row, column).slice(0, 1)) {
      const own = table.columns.find((item) => row.nameOf(item.name) === column)
      const isMixed =
        own !== undefined &&
        (world.claimOf(row.row.relation, own.name) !== undefined ||
          table.constraints.some(({ kind, columns }) => kind === 'foreign key' && columns.includes(own.name)))
      if (!isMixed) continue
      const what = `${label} with ${column} of b`
      asked.push({
        titles: [`inserts ${what}`, `does not insert ${what}`],
        steps: [insertRow(relation, { ...values, [column]: value })],
        ...(own !== undefined && row.row.key.includes(own.name) ? {} : setup),
      })
    }
  }
  return asked
}

const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? null]))

/** Takes a row away, with the rows that refer to it, the last made first. */
function withoutRow({ catalog }: World, row: SeedRow, made: readonly SeedRow[]): readonly string[] {
  const { relations, referencing } = indexCatalog(catalog)
  const after = new Set<string>()
  const pending = [row.relation]
  for (const key of pending) {
    for (const { relation } of referencing.get(key) ?? []) {
      const child = keyOfRelation(relation)
      if (after.has(child)) continue
      after.add(child)
      pending.push(child)
    }
  }
  const gone = made.filter((item) => item === row || (item.relation !== row.relation && after.has(item.relation)))
  return gone.toReversed().flatMap((item) => {
    const relation = relations.get(item.relation)
    return relation === undefined ? [] : [unseedSql(relation, pick(item.values, item.key))]
  })
}
