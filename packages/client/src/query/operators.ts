import { printIdentifier, printMember } from '@rolecast/grammar'
import { isPlainObject, notEmpty, refuse, wordOf } from '../checks.js'
import type { ValueFeatures } from '../http/context.js'
import type { ColumnKind } from '../metadata.js'
import { fieldOf, type Path } from './items.js'
import type { Parameter } from './selection.js'
import { textOf } from './values.js'

/** How an operand is written: as it is in a parameter of its own, quoted where it is one among others. */
export type Print = (operand: string) => string

/** PostgREST's operators: those of `Operator` in the grammar. Nothing else gets into a URL. */
const known =
  'eq|neq|gt|gte|lt|lte|in|is|isdistinct|like|ilike|match|imatch|cs|cd|ov|sl|sr|nxl|nxr|adj|fts|plfts|phfts|wfts'

/** What `in` takes. PostgREST has one empty string for no value at all, but not two. */
export function listOf(members: readonly string[]): string {
  return `(${members[0] === '""' && !members[1] ? '"",""' : members})`
}

/**
 * The conditions that operators make on a column, or on what is at `path` in it.
 * @throws TypeError for an unknown operator, and for what says nothing
 */
export function operations(
  name: string,
  { path = [], ...operators }: { readonly path?: Path },
  columnKind: ColumnKind | undefined,
  print: Print,
  features: ValueFeatures,
  not = '',
): Parameter[] {
  return notEmpty(`The condition on ${name}`, entriesOf(operators, name)).flatMap(
    ([operator, operand]): Parameter[] => {
      if (operator === 'not')
        return operations(name, { path, ...(operand as object) }, columnKind, print, features, not ? '' : 'not.')
      wordOf(`The operator on ${name}`, operator, known)
      const isInside = path[0] !== undefined
      if (isInside && columnKind !== 'J') {
        if (!features.documents) refuse(`The path on ${name}`, path)
        const comparison = features.documents(operator, operand, fieldOf(name, path), print, not)
        if (comparison) return [comparison]
      }
      const kind = isInside ? undefined : columnKind
      return [[fieldOf(name, path, '->>'), not + operator + operandOf(name, operator, operand, kind, print, features)]]
    },
  )
}

/** What follows an operator: its modifier, and its operand. */
function operandOf(
  name: string,
  operator: string,
  operand: unknown,
  kind: ColumnKind | undefined,
  print: Print,
  { ranges }: ValueFeatures,
): string {
  const text = (value: unknown) => ranges?.(operator, value, kind, name) ?? textOf(value, kind, name)
  if (operator === 'is') return `.${wordOf(`The operand on ${name}`, `${operand}`, 'null|true|false|unknown|not_null')}`
  if (operator === 'in') return `.${listOf([operand].flat().map((value) => printMember(text(value))))}`
  if (/j/i.test(kind ?? '') || !isPlainObject(operand)) return `.${print(text(operand))}`
  const { query, language, ...lists } = operand
  if (query) return `${language ? `(${printIdentifier(`${language}`)})` : ''}.${print(text(query))}`
  const quantifier = wordOf(`The operand on ${name}`, Object.keys(lists).join(), 'any|all')
  return `(${quantifier}).${print(textOf([lists[quantifier]].flat(), kind, name))}`
}

/**
 * What an object says.
 * @throws TypeError for anything else, and where a part of it is undefined: a condition must not vanish
 */
export function entriesOf(object: object, column?: string): [name: string, value: unknown][] {
  if (!isPlainObject(object)) refuse('A condition', object)
  const entries: [string, unknown][] = Object.entries(object)
  const missing = entries.find(([, value]) => value === undefined)
  return missing ? refuse(`The condition on ${column ?? missing[0]}`, undefined) : entries
}
