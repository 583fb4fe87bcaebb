import type { Field, OrderTerm } from '../query.js'
import { scanField, scanPath } from './field.js'
import { mismatch } from './grammar-error.js'
import type { Limits } from './limits.js'
import { Scanner } from './scanner.js'

const COMMA = 44

/**
 * The terms of `order=`: `column->path.desc.nullslast`, `embed(column).asc`.
 * @throws Mismatch
 */
export function parseOrder(text: string, limits: Limits): OrderTerm[] {
  const scanner = new Scanner(text)
  const terms: OrderTerm[] = []
  for (;;) {
    scanner.skipBlanks()
    terms.push(scanTerm(scanner, limits))
    if (scanner.ended) return terms
    if (scanner.code !== COMMA) throw mismatch
    scanner.at++
  }
}

function scanTerm(scanner: Scanner, limits: Limits): OrderTerm {
  const name = scanner.name()
  let embed: string | null = null
  let field: Field
  if (scanner.skip('(')) {
    scanner.skipBlanks()
    embed = name
    field = scanField(scanner, limits)
    scanner.skipBlanks()
    scanner.expect(')')
  } else {
    field = { name, path: scanPath(scanner, limits) }
    scanner.skipBlanks()
  }
  const direction = scanner.skip('.asc') ? 'asc' : scanner.skip('.desc') ? 'desc' : null
  const nulls = scanner.skip('.nullsfirst') ? 'first' : scanner.skip('.nullslast') ? 'last' : null
  return { embed, field, direction, nulls }
}
