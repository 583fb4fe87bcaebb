import { type ColumnSurface, type FunctionSurface, qualifiedName, type Surface } from '@rolecast/catalog'
import { objectOfFunction } from './cells.js'
import type { Cell, Change, Grade } from './change.js'

/** Columns, arguments and results whose type, nullability or need to be given has changed; enums whose labels have. */
export function typeChanges(before: Surface, after: Surface, member: (cell: Cell) => string): Change[] {
  const change = (cell: Cell, grade: Grade, message: string): Change => ({
    role: after.role,
    ...cell,
    change: 'type',
    grade,
    message,
    member: member(cell),
  })
  return [
    ...columnChanges(before, after, change),
    ...functionChanges(before, after, change),
    ...enumChanges(before, after, change),
  ]
}

type Make = (cell: Cell, grade: Grade, message: string) => Change

function columnChanges(before: Surface, after: Surface, change: Make): Change[] {
  return pairs(before.relations, after.relations, ({ schema, name }) => qualifiedName(schema, name)).flatMap(
    ([object, old, relation]) => {
      const columns = pairs(old.columns, relation.columns, ({ name }) => name)
      const read = new Set(relation.select)
      const written = { insert: new Set(relation.insert), update: new Set(relation.update) }
      const needed = relation.required.filter((name) => !old.required.includes(name) && old.insert.length > 0)
      return [
        ...columns.flatMap(([column, from, to]) => [
          ...differences(from, to, read.has(column)).map(([grade, what]) =>
            change({ object, verb: 'select', column }, grade, `${object}.${column} ${what}`),
          ),
          ...(['insert', 'update'] as const).flatMap((verb) =>
            written[verb].has(column) && !from.refusesNull && to.refusesNull
              ? [change({ object, verb, column }, 'breaking', `${object}.${column} takes no null any more.`)]
              : [],
          ),
        ]),
        ...needed.map((column) =>
          change({ object, verb: 'insert', column }, 'breaking', `An insert into ${object} must give ${column} now.`),
        ),
      ]
    },
  )
}

function differences(from: ColumnSurface, to: ColumnSurface, isRead: boolean): (readonly [Grade, string])[] {
  if (from.type.formatted !== to.type.formatted) {
    return [['breaking', `was ${from.type.formatted} and is ${to.type.formatted} now.`]]
  }
  if (from.nullable === to.nullable || !isRead) return []
  return to.nullable ? [['breaking', 'may be null now.']] : [['safe', 'is never null any more.']]
}

function functionChanges(before: Surface, after: Surface, change: Make): Change[] {
  return pairs(before.functions, after.functions, objectOfFunction).flatMap(([object, from, to]) => {
    const cell: Cell = { object, verb: 'execute' }
    const changed = [
      ...(result(from) === result(to) ? [] : [`returned ${result(from)} and returns ${result(to)} now.`]),
      ...(from.readOnly && !to.readOnly ? ['does not answer GET any more.'] : []),
      ...to.parameters
        .filter(({ name, required }) => required && from.parameters.some((old) => old.name === name && !old.required))
        .map(({ name }) => `must be given ${name} now.`),
    ]
    return changed.map((what) => change(cell, 'breaking', `${object} ${what}`))
  })
}

function result({ returns }: FunctionSurface): string {
  if (returns.kind === 'void') return 'nothing'
  const one =
    returns.kind === 'value'
      ? returns.type.formatted
      : `(${returns.columns.map(({ name, type, nullable }) => `${name} ${type.formatted}${nullable ? '' : ' not null'}`).join(', ')})`
  return returns.set ? `a set of ${one}` : one
}

function enumChanges(before: Surface, after: Surface, change: Make): Change[] {
  const enums = ({ types }: Surface) => types.flatMap((type) => (type.kind === 'enum' ? [type] : []))
  const key = ({ schema, name }: { schema: string; name: string }) => qualifiedName(schema, name)
  return pairs(enums(before), enums(after), key).flatMap(([object, from, to]) => {
    const added = to.labels.filter((label) => !from.labels.includes(label))
    const gone = from.labels.filter((label) => !to.labels.includes(label))
    const cell: Cell = { object, verb: 'select' }
    return [
      ...(gone.length > 0
        ? [change(cell, 'breaking', `The type ${object} has no label ${gone.join(', ')} any more.`)]
        : []),
      ...(added.length > 0 ? [change(cell, 'review', `The type ${object} has new labels: ${added.join(', ')}.`)] : []),
    ]
  })
}

function pairs<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): [string, T, T][] {
  const was = new Map(before.map((item) => [key(item), item]))
  return after.flatMap((item): [string, T, T][] => {
    const old = was.get(key(item))
    return old === undefined ? [] : [[key(item), old, item]]
  })
}
