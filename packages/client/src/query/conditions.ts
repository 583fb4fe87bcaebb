import { printMember, printName } from '@rolecast/grammar'
import { isPlainObject, notEmpty, wordOf } from '../checks.js'
import type { ValueFeatures } from '../http/context.js'
import type { RelationMeta } from '../metadata.js'
import { insideOf, kindOf, nameIn } from './items.js'
import { entriesOf, operations, type Print } from './operators.js'
import type { Parameter, Selection } from './selection.js'

export interface FilterObject {
  readonly [name: string]: unknown
}

/** What conditions are about: a relation, and what its query has asked for so far. */
export interface About {
  readonly meta: RelationMeta
  readonly items: Selection['items']
  /** is told which relationships they mention and what they say of them, and says what the request calls these */
  readonly onEmbed: (name: string, what: unknown) => string
  readonly features: ValueFeatures
}

/**
 * The conditions of a filter object; all of them hold. `isTree`: its names are those of trees, even where columns are
 * called so.
 * @throws TypeError for what is no condition, or says nothing: a condition must not vanish
 */
export function conditionsOf(
  filter: FilterObject,
  about: About,
  print: Print = (operand) => operand,
  isTree = false,
): Parameter[] {
  const { meta, items, onEmbed, features } = about
  const [columns, , , relationships] = meta
  const members = (member: unknown) =>
    conditionsOf(member as FilterObject, about, printMember).map(
      ([name, text]) => name + (/^(not\.)?(and|or)$/.test(name) ? '' : '.') + text,
    )
  return entriesOf(filter).flatMap(([name, value]): Parameter[] => {
    const condition = `The condition on ${name}`
    if (/^\$(or|and|not)$/.test(name) && (isTree || !columns.includes(name))) {
      const parts = notEmpty(condition, [value].flat()).map((member) => notEmpty(condition, members(member)))
      return name === '$not' ? [['not.and', `(${parts.flat()})`]] : [[name.slice(1), `(${parts.map(conjunction)})`]]
    }
    if (relationships && Object.hasOwn(relationships, name)) {
      const isPresence = typeof value !== 'object' || value === null
      const isSome = !isPresence || wordOf(condition, value as string, 'some|none') === 'some'
      return [[printName(onEmbed(name, value)), isSome ? 'not.is.null' : 'is.null']]
    }
    const inside = insideOf(meta, items, name)
    const kind = inside ? undefined : kindOf(meta, name)
    const operators = Array.isArray(value)
      ? { [/[aTBD]/.test(kind ?? '') ? 'eq' : 'in']: value }
      : isPlainObject(value)
        ? value
        : { [value === null ? 'is' : 'eq']: value }
    return inside
      ? operations(inside.column, { ...operators, path: inside.path }, inside.kind, print, features)
      : operations(nameIn(meta, name), operators, kind, print, features)
  })
}
/** One condition that holds where all of them do. */
function conjunction(conditions: readonly string[]): string {
  return conditions[1] ? `and(${conditions})` : `${conditions}`
}
