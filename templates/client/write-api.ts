import { literal } from '../writing/literals.js'
import { join, type Source, source } from '../writing/source.js'
import type { RelationModel } from './model.js'
import { runtimeType } from './runtime-names.js'

type Verb = 'select' | 'insert' | 'update' | 'delete'

export function mayDo(surface: RelationModel['surface'], verb: Verb): boolean {
  return verb === 'delete' ? surface.delete : surface[verb].length > 0
}

/** What the role may do with the relation: a verb that it lacks is not there. */
export function apiDeclaration(model: RelationModel): Source {
  const keys = conflictKeys(model)
  const name = `export interface ${model.typeName}Api`
  const offered = [...verbs(model)]
  const oneLine = join(offered, ', ')
  const fits = name.length + oneLine.text.length <= 107
  const own = mayDo(model.surface, 'select') ? selectMember(model) : ''
  const declaration = fits
    ? source`${name} extends ${oneLine} {${own}}\n`
    : source`${name}\n  extends ${join(offered, ',\n    ')} {${own}}\n`
  return keys === null ? declaration : source`${declaration}\nexport type ${model.typeName}Keys = ${keys}\n`
}

/** `Selectable`'s own, written out: most queries begin with it, and so the compiler has no generics to follow there. */
function selectMember(model: RelationModel): Source {
  const [table, fields, row] = [model.typeName, fieldsName(model), `${model.typeName}Row`]
  const rows = runtimeType('Rows')
  return source`
  select(): ${rows}<${table}, ${row}>
  select<C extends (keyof ${fields})[]>(...columns: C): ${rows}<${table}, ${runtimeType('Named')}<${fields}, C>>
  select<const C extends readonly ${runtimeType('Column')}<${fields}>[]>(
    ...columns: C & ${runtimeType('NamedOnce')}<${row}, C>
  ): ${rows}<${table}, ${runtimeType('Picked')}<${fields}, ${row}, C>>
`
}

/** The interface of what may be selected: the row's own, unless there are computed fields. */
export function fieldsName({ typeName, computed }: RelationModel): string {
  return computed.length > 0 ? `${typeName}Fields` : `${typeName}Row`
}

function* verbs(model: RelationModel): Generator<Source> {
  const { surface, typeName } = model
  const { insert, update, filtered, upsert } = surface
  if (mayDo(surface, 'select')) yield source`${runtimeType('Selectable')}<${typeName}>`
  if (mayDo(surface, 'insert')) {
    const rows = returned(model, 'insert')
    const shape = (suffix: string, columns: readonly string[]) => typeName + (same(columns, insert) ? 'Insert' : suffix)
    yield rows === null
      ? source`${runtimeType('BlindInsertable')}<${typeName}Insert>`
      : source`${runtimeType('Insertable')}<${typeName}, ${typeName}Insert, ${rows}>`
    if (conflictKeys(model) !== null) {
      const rest = `${rows ?? 'object'}, ${typeName}Keys`
      const [mergeable, ignorable] = surface.primaryKeyArbitrates
        ? (['Mergeable', 'Ignorable'] as const)
        : (['MergeableByKey', 'IgnorableByKey'] as const)
      if (upsert.merge.length > 0)
        yield source`${runtimeType(mergeable)}<${typeName}, ${shape('Upsert', upsert.merge)}, ${rest}>`
      if (upsert.ignore.length > 0)
        yield source`${runtimeType(ignorable)}<${typeName}, ${shape('InsertOrIgnore', upsert.ignore)}, ${rest}>`
    }
  }
  const canFilter = surface.filter.length > 0
  const conditions = hasWriteFilter(model) ? `, ${typeName}WriteFilter` : ''
  if (update.length > 0) {
    const rows = returned(model, 'update')
    if (!filtered.update || !canFilter) yield source`${runtimeType('AllUpdatable')}<${typeName}Update>`
    else if (rows === null) yield source`${runtimeType('BlindUpdatable')}<${typeName}, ${typeName}Update${conditions}>`
    else yield source`${runtimeType('Updatable')}<${typeName}, ${typeName}Update, ${rows}${conditions}>`
  }
  if (surface.delete) {
    const rows = returned(model, 'delete')
    if (!filtered.delete || !canFilter) yield runtimeType('AllDeletable')
    else
      yield rows === null
        ? source`${runtimeType('BlindDeletable')}<${typeName}${conditions}>`
        : source`${runtimeType('Deletable')}<${typeName}, ${rows}${conditions}>`
  }
}

/** Whether conditions of writes are others than those of reads: about columns, and not about relationships. */
export function hasWriteFilter({ surface, relationships }: RelationModel): boolean {
  const { select, filter, update, filtered } = surface
  const writes = (update.length > 0 && filtered.update) || (surface.delete && filtered.delete)
  return writes && filter.length > 0 && select.length > 0 && relationships.length > 0
}

/** The type of what may come back from a write, or null for nothing. */
function returned(
  { surface, typeName, columns: models }: RelationModel,
  verb: 'insert' | 'update' | 'delete',
): string | null {
  const columns = surface.returning[verb].filter((name) => surface.select.includes(name))
  if (columns.length === 0) return null
  return same(columns, surface.select)
    ? `${typeName}Row`
    : `Pick<${typeName}Row, ${columns.map((name) => literal(models.get(name)?.property ?? name)).join(' | ')}>`
}

/** The unique keys that an upsert can name, as a type; null where none is possible. */
function conflictKeys({ surface, columns }: RelationModel): string | null {
  const { upsert, uniqueKeys, insert } = surface
  const possible = insert.length > 0 && (upsert.merge.length > 0 || upsert.ignore.length > 0)
  const texts = new Set(
    uniqueKeys.map((key) => `readonly [${key.map((name) => literal(columns.get(name)?.property ?? name)).join(', ')}]`),
  )
  return possible && texts.size > 0 ? [...texts].join(' | ') : null
}

export function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name))
}
