import { printIdentifier, printMember, printName } from '@rolecast/grammar'
import type { ColumnKind, RelationMeta } from '../metadata.js'
import { fieldOf, kindOf, type Path } from './items.js'
import type { Parameter } from './state.js'
import { textOf } from './values.js'

export interface FilterObject {
  readonly [name: string]: unknown
}

/** How an operand is written: as it is in a parameter of its own, quoted where it is one among others. */
type Print = (operand: string) => string

/**
 * The conditions of a filter object; all of them hold. `onEmbed` is told the names of relationships that they mention.
 * `isTree`: its names are those of trees, even where columns are called so.
 * @throws TypeError for a value that is undefined: a condition is not to vanish
 */
export function conditionsOf(
  filter: FilterObject,
  meta: RelationMeta,
  onEmbed: (name: string) => void,
  print: Print = (operand) => operand,
  isTree = false,
): Parameter[] {
  const [columns, , , relationships] = meta
  const members = (member: unknown) =>
    conditionsOf(member as FilterObject, meta, onEmbed, printMember).map(
      ([name, text]) => name + (/^(not\.)?(and|or)$/.test(name) ? '' : '.') + text,
    )
  return entriesOf(filter).flatMap(([name, value]): Parameter[] => {
    if (/^\$(or|and|not)$/.test(name) && (isTree || !columns.includes(name))) {
      return name === '$not'
        ? [['not.and', `(${[value].flat().flatMap(members)})`]]
        : [[name.slice(1), `(${(value as unknown[]).map((member) => conjunction(members(member)))})`]]
    }
    if (relationships && Object.hasOwn(relationships, name)) {
      onEmbed(name)
      return [[printName(name), value === 'some' ? 'not.is.null' : 'is.null']]
    }
    const kind = kindOf(meta, name)
    const operators = Array.isArray(value)
      ? { [/[aTB]/.test(kind ?? '') ? 'eq' : 'in']: value }
      : value && typeof value === 'object'
        ? value
        : { [value === null ? 'is' : 'eq']: value }
    return operations(name, operators, kind, print)
  })
}

/** One condition that holds where all of them do. */
function conjunction(conditions: readonly string[]): string {
  return conditions[1] || !conditions[0] ? `and(${conditions})` : conditions[0]
}

/** What `in` takes. PostgREST has one empty string for no value at all, but not two. */
export function listOf(members: readonly string[]): string {
  return `(${members[0] === '""' && !members[1] ? '"",""' : members})`
}

function operations(
  name: string,
  { path = [], ...operators }: { readonly path?: Path },
  columnKind: ColumnKind | undefined,
  print: Print,
  not = '',
): Parameter[] {
  return entriesOf(operators, name).flatMap(([operator, operand]): Parameter[] => {
    if (operator === 'not')
      return operations(name, { path, ...(operand as object) }, columnKind, print, not ? '' : 'not.')
    const kind = path.length > 0 || operator === 'is' ? undefined : columnKind
    const { query, language, any, all = any } = (kind === 'j' ? null : (operand as Modified | null)) ?? {}
    const text =
      operator === 'in'
        ? `.${listOf((operand as unknown[]).map((value) => printMember(textOf(value, kind))))}`
        : query
          ? `(${printIdentifier(language as string)}).${print(query)}`
          : all
            ? `(${any ? 'any' : 'all'}).${print(textOf(all))}`
            : `.${print(textOf(operand, kind))}`
    return [[fieldOf(name, path, '->>'), not + operator + text]]
  })
}

/** What an object says: a condition that is undefined must not vanish. */
function entriesOf(object: object, column?: string): [name: string, value: unknown][] {
  const entries: [string, unknown][] = Object.entries(object)
  const missing = entries.find(([, value]) => value === undefined)
  if (missing) throw new TypeError(`The condition on ${column ?? missing[0]} is undefined`)
  return entries
}

/** An operand with something said about its operator. */
interface Modified {
  readonly query?: string
  readonly language?: string
  readonly any?: readonly unknown[]
  readonly all?: readonly unknown[]
}
