import { qualifiedName, type RelationSurface, type Surface, type Verdict } from '@rolecast/catalog'
import { cellsOf } from './cells.js'
import { type Cell, type Change, keyOfCell } from './change.js'
import { gradeOfWidening, gradeOfWiderRows, type WideningContext } from './grade.js'
import { memberOf } from './member.js'
import { typeChanges } from './type-changes.js'

/** What of the surface before is not in the one after, and the other way round. Pure. */
export function compareSurfaces(before: Surface, after: Surface, anonymous: string | null): readonly Change[] {
  const { role } = after
  const [was, is] = [cellsOf(before), cellsOf(after)]
  const context: WideningContext = { role, anonymous, before, after }
  const member = (cell: Cell) => memberOf(cell, [...before.schemas, ...after.schemas][0]?.name)
  const widened = [...is.values()]
    .filter((cell) => !was.has(keyOfCell(cell)))
    .map((cell): Change => {
      const { grade, message } = gradeOfWidening(cell, context)
      return { role, ...cell, change: 'widened', grade, message, member: member(cell) }
    })
  const narrowed = [...was.values()]
    .filter((cell) => !is.has(keyOfCell(cell)))
    .map((cell): Change => {
      const message = `The client of ${role} loses ${member(cell)}.`
      return { role, ...cell, change: 'narrowed', grade: 'breaking', message, member: member(cell) }
    })
  return [...widened, ...narrowed, ...rowChanges(context, member), ...typeChanges(before, after, member)]
}

const reach: Readonly<Record<Verdict, number>> = { never: 0, 'zero-rows': 1, 'rows-restricted': 2, unrestricted: 3 }

/** Relations where the same is allowed, on more or fewer rows. */
function rowChanges(context: WideningContext, member: (cell: Cell) => string): Change[] {
  const { role, before, after } = context
  const was = relationsByName(before)
  return [...relationsByName(after)].flatMap(([object, relation]) => {
    const old = was.get(object)
    if (old === undefined) return []
    return (['select', 'insert', 'update', 'delete'] as const).flatMap((verb): Change[] => {
      const [from, to] = [old.verdicts[verb], relation.verdicts[verb]]
      if (from === to || from === 'never' || to === 'never') return []
      const cell: Cell = { object, verb }
      const change = reach[to] > reach[from] ? 'widened' : 'narrowed'
      const grade = change === 'narrowed' ? 'review' : gradeOfWiderRows(to, context)
      const message = `${role}: ${verb} of ${object} reached ${rows[from]}, and reaches ${rows[to]} now.`
      return [{ role, ...cell, change, grade, message, member: member(cell) }]
    })
  })
}

const rows: Readonly<Record<Verdict, string>> = {
  never: 'nothing',
  'zero-rows': 'no row',
  'rows-restricted': 'the rows that policies or code allow',
  unrestricted: 'every row',
}

function relationsByName(surface: Surface): ReadonlyMap<string, RelationSurface> {
  return new Map(surface.relations.map((relation) => [qualifiedName(relation.schema, relation.name), relation]))
}
