import type { Condition, LogicalCondition } from '../query.js'
import { scanField } from './field.js'
import { exceeded, type Limits } from './limits.js'
import { scanMember, scanOperation } from './operator.js'
import { Scanner } from './scanner.js'

const COMMA = 44
const OPEN = 40

/** Counts conditions over a whole request. */
export interface ConditionCount {
  conditions: number
}

/**
 * The tree of `and=(…)`, `or=(…)`, `not.and=(…)`: the value is what stands in parentheses, and what
 * follows them is not read, as in PostgREST.
 * @throws Mismatch, or GrammarError for a limit
 */
export function parseLogic(
  kind: 'and' | 'or',
  negated: boolean,
  text: string,
  count: ConditionCount,
  limits: Limits,
): LogicalCondition {
  return scanTree(new Scanner(text), kind, negated, 1, count, limits)
}

function scanTree(
  scanner: Scanner,
  kind: 'and' | 'or',
  negated: boolean,
  depth: number,
  count: ConditionCount,
  limits: Limits,
): LogicalCondition {
  if (depth > limits.filterDepth) exceeded('filterDepth', limits)
  scanner.skipBlanks()
  scanner.expect('(')
  scanner.skipBlanks()
  const conditions: Condition[] = []
  for (;;) {
    if (++count.conditions > limits.conditions) exceeded('conditions', limits)
    scanner.skipBlanks()
    conditions.push(scanCondition(scanner, depth, count, limits))
    scanner.skipBlanks()
    if (scanner.code !== COMMA) break
    scanner.at++
  }
  scanner.expect(')')
  scanner.skipBlanks()
  return { kind, negated, conditions }
}

/** Columns may be called `and`, `or` and `not`: what follows the word tells. */
function scanCondition(scanner: Scanner, depth: number, count: ConditionCount, limits: Limits): Condition {
  const field = scanField(scanner, limits)
  const word = scanner.quoted || field.path.length > 0 ? null : field.name
  scanner.skipBlanks()
  if (scanner.code === OPEN && (word === 'and' || word === 'or')) {
    return scanTree(scanner, word, false, depth + 1, count, limits)
  }
  scanner.expect('.')
  if (word === 'not') {
    const start = scanner.at
    const kind = scanner.skip('and') ? 'and' : scanner.skip('or') ? 'or' : null
    if (kind !== null) {
      scanner.skipBlanks()
      if (scanner.code === OPEN) return scanTree(scanner, kind, true, depth + 1, count, limits)
    }
    scanner.at = start
  }
  return scanOperation(scanner, field, scanMember)
}
