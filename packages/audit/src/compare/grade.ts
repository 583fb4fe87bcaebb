import { qualifiedName, type Surface, type Verdict } from '@rolecast/catalog'
import { looksSecret } from '../sensitive-names.js'
import type { Cell, Grade } from './change.js'

export interface WideningContext {
  readonly role: string
  /** the role of requests without a token */
  readonly anonymous: string | null
  readonly before: Surface
  readonly after: Surface
}

/** How bad it is that a role may do one more thing. */
export function gradeOfWidening(cell: Cell, context: WideningContext): { grade: Grade; message: string } {
  const { role } = context
  const what = `${cell.verb} of ${cell.object}${cell.column === undefined ? '' : `, column ${cell.column}`}`
  const found = rules.find(([applies]) => applies(cell, context))
  const [, grade, why] = found ?? ([null, 'review', 'look whether that is meant'] as const)
  return { grade, message: `${role} may newly do this: ${what}; ${why}.` }
}

export function gradeOfWiderRows(to: Verdict, { role, anonymous }: WideningContext): Grade {
  return to === 'unrestricted' || role === anonymous ? 'dangerous' : 'review'
}

type Rule = readonly [(cell: Cell, context: WideningContext) => boolean, Grade, string]

/** The first that applies decides. */
const rules: readonly Rule[] = [
  [
    ({ verb, column }) => verb === 'select' && column !== undefined && looksSecret(column),
    'dangerous',
    'its name looks like a credential',
  ],
  [
    ({ verb }, { role, anonymous }) => role === anonymous && verb !== 'select' && verb !== 'execute',
    'dangerous',
    'everybody can write there without a token',
  ],
  [
    ({ verb, object }, { role, anonymous, before, after }) =>
      role === anonymous &&
      verb === 'select' &&
      relationOf(object, after)?.verdicts.select === 'unrestricted' &&
      (relationOf(object, before)?.select.length ?? 0) === 0,
    'dangerous',
    'every row becomes readable without a token',
  ],
  [
    ({ verb, object }, context) => verb !== 'select' && verb !== 'execute' && reachesAll(object, verb, context.after),
    'dangerous',
    'no policy limits the rows',
  ],
]

function reachesAll(object: string, verb: 'insert' | 'update' | 'delete', surface: Surface): boolean {
  return verb !== 'insert' && relationOf(object, surface)?.verdicts[verb] === 'unrestricted'
}

function relationOf(object: string, { relations }: Surface) {
  return relations.find(({ schema, name }) => qualifiedName(schema, name) === object)
}
