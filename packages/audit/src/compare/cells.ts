import { qualifiedName, type RelationSurface, type Surface } from '@rolecast/catalog'
import { type Cell, keyOfCell } from './change.js'

/** All that a surface allows, by `keyOfCell`. A relation whose rows no policy lets through has its columns all the same. */
export function cellsOf(surface: Surface): ReadonlyMap<string, Cell> {
  const cells = [
    ...surface.relations.flatMap(cellsOfRelation),
    ...[...surface.functions, ...surface.sqlFunctions].map(
      (item): Cell => ({ object: objectOfFunction(item), verb: 'execute' }),
    ),
  ]
  return new Map(cells.map((cell) => [keyOfCell(cell), cell]))
}

export function objectOfFunction(item: { schema: string; name: string; arguments: string }): string {
  return `${qualifiedName(item.schema, item.name)}(${item.arguments})`
}

function cellsOfRelation(relation: RelationSurface): Cell[] {
  const object = qualifiedName(relation.schema, relation.name)
  const columns = {
    select: relation.select,
    insert: [...new Set([...relation.insert, ...relation.insertAlone])],
    update: [...new Set([...relation.update, ...relation.updateAlone])],
  }
  const cells = (['select', 'insert', 'update'] as const).flatMap((verb) =>
    columns[verb].map((column): Cell => ({ object, verb, column })),
  )
  return relation.delete ? [...cells, { object, verb: 'delete' }] : cells
}
