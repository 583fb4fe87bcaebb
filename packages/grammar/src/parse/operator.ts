import { type OperatorShape, operatorShape } from '../operator-name.js'
import type { Field, Filter, Operator } from '../query.js'
import { mismatch } from './grammar-error.js'
import { Scanner } from './scanner.js'

const OPEN = 40
const CLOSE = 41
const COMMA = 44
const QUOTE = 34

const isValues = ['null', 'not_null', 'true', 'false', 'unknown'] as const

/** Reads what an operator is applied to, up to where the context ends it. */
export type ValueScan = (scanner: Scanner) => string

/** The value of a parameter of its own: all that is left. */
export const scanRest: ValueScan = (scanner) => {
  const rest = scanner.text.slice(scanner.at)
  scanner.at = scanner.text.length
  return rest
}

/** The value of a member of a logical tree: in quotes, a flat array literal, or up to the next comma or parenthesis. */
export const scanMember: ValueScan = (scanner) => {
  const quoted = scanQuotedMember(scanner)
  if (quoted !== null) return quoted
  if (scanner.text.startsWith('{', scanner.at)) {
    const end = arrayEnd(scanner.text, scanner.at + 1)
    if (end !== -1) {
      const literal = scanner.text.slice(scanner.at, end)
      scanner.at = end
      return literal
    }
  }
  return scanner.until(COMMA, CLOSE)
}

/**
 * The value of a parameter: `not.eq(any).{1,2}`. What follows a complete `is.null` or `in.(…)` is not read, as in
 * PostgREST.
 * @throws Mismatch
 */
export function parseFilter(field: Field, text: string): Filter {
  return scanOperation(new Scanner(text), field, scanRest)
}

/** `not.operator(modifier).value` */
export function scanOperation(scanner: Scanner, field: Field, scanValue: ValueScan): Filter {
  const negated = scanner.skip('not.')
  const word = scanWord(scanner)
  const shape = operatorShape(word)
  if (shape === undefined) throw mismatch
  const operator = word as Operator
  const modifier =
    scanner.code === OPEN && (shape === 'quantifiable' || shape === 'full text') ? scanModifier(scanner, shape) : null
  scanner.expect('.')
  const quantifier = shape === 'quantifiable' ? (modifier as 'any' | 'all' | null) : null
  const language = shape === 'full text' ? modifier : null
  const value = shape === 'list' ? scanList(scanner) : shape === 'is' ? scanIs(scanner) : scanValue(scanner)
  return { kind: 'filter', field, negated, operator, quantifier, language, value }
}

function scanWord(scanner: Scanner): string {
  const start = scanner.at
  for (;;) {
    const code = scanner.code
    if (!(code >= 97 && code <= 122)) return scanner.text.slice(start, scanner.at)
    scanner.at++
  }
}

function scanModifier(scanner: Scanner, shape: OperatorShape): string {
  scanner.at++
  const modifier = scanner.identifier()
  if (shape === 'quantifiable' && modifier !== 'any' && modifier !== 'all') throw mismatch
  scanner.expect(')')
  return modifier
}

/** Case does not matter to `is`. */
function scanIs(scanner: Scanner): string {
  const longest = scanner.text.slice(scanner.at, scanner.at + 'not_null'.length).toLowerCase()
  const value = isValues.find((candidate) => longest.startsWith(candidate))
  if (value === undefined) throw mismatch
  scanner.at += value.length
  return value
}

/** `(a,"b,c")` */
function scanList(scanner: Scanner): string[] {
  scanner.skipBlanks()
  scanner.expect('(')
  scanner.skipBlanks()
  const values: string[] = []
  for (;;) {
    values.push(scanQuotedMember(scanner) ?? scanner.until(COMMA, CLOSE))
    if (scanner.code === COMMA) scanner.at++
    else break
  }
  scanner.skipBlanks()
  scanner.expect(')')
  scanner.skipBlanks()
  return values
}

/** Quotes count only where a comma, a parenthesis or the end follows them; else they are characters like others. */
function scanQuotedMember(scanner: Scanner): string | null {
  if (scanner.code !== QUOTE || !closesMember(scanner.text, scanner.at + 1)) return null
  return scanner.quotedText()
}

function closesMember(text: string, from: number): boolean {
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '\\') index++
    else if (character === '"') return index + 1 >= text.length || ',)'.includes(text.charAt(index + 1))
  }
  return false
}

function arrayEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '}') return index + 1
    if (character === '{') return -1
  }
  return -1
}
