import type { Field, JsonStep } from '../query.js'
import { mismatch } from './grammar-error.js'
import { exceeded, type Limits } from './limits.js'
import type { Scanner } from './scanner.js'

const DASH = 45
const GREATER = 62
const QUOTE = 34
const NO_PATH: readonly JsonStep[] = []

/** The largest index written out: whatever is larger is out of range for PostgreSQL as well. */
const LARGEST_INDEX = 99_999_999_999

/** `name`, and a path into it. */
export function scanField(scanner: Scanner, limits: Limits): Field {
  const name = scanner.name()
  return { name, path: scanPath(scanner, limits) }
}

/** `->key->>0` and so on, or nothing. */
export function scanPath(scanner: Scanner, limits: Limits): readonly JsonStep[] {
  if (!atArrow(scanner)) return NO_PATH
  const path: JsonStep[] = []
  while (atArrow(scanner)) {
    scanner.at += 2
    const arrow = scanner.skip('>') ? '->>' : '->'
    path.push({ arrow, operand: scanIndex(scanner) ?? scanKey(scanner) })
    if (path.length > limits.pathSteps) exceeded('pathSteps', limits)
  }
  return path
}

function atArrow(scanner: Scanner): boolean {
  return scanner.code === DASH && scanner.text.charCodeAt(scanner.at + 1) === GREATER
}

/** A number is an index only where the operand ends with it; `->1st` is a key. */
function scanIndex(scanner: Scanner): number | null {
  const { text } = scanner
  let end = scanner.at
  if (text.charCodeAt(end) === DASH) end++
  const digits = end
  while (isDigit(text.charCodeAt(end))) end++
  if (end === digits || !endsOperand(text, end)) return null
  const value = Math.min(Number(text.slice(digits, end)), LARGEST_INDEX)
  const negative = digits > scanner.at && value !== 0
  scanner.at = end
  return negative ? -value : value
}

function endsOperand(text: string, at: number): boolean {
  return at >= text.length || text.startsWith('->', at) || text.startsWith('::', at) || '.,)'.includes(text.charAt(at))
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Any characters but `(-:.,>)`, with single dashes between them; or text in quotes. */
function scanKey(scanner: Scanner): string {
  if (scanner.code === QUOTE) return scanner.quotedText()
  const segments: string[] = []
  for (;;) {
    const start = scanner.at
    while (!scanner.ended && !'(-:.,>)'.includes(scanner.text.charAt(scanner.at))) scanner.at++
    if (scanner.at === start) throw mismatch
    segments.push(scanner.text.slice(start, scanner.at).trim())
    if (scanner.code !== DASH || atArrow(scanner)) return segments.join('-')
    scanner.at++
  }
}
