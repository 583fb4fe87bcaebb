import type { AggregateFunction, Embed, Field, SelectItem } from '../query.js'
import { scanPath } from './field.js'
import { mismatch } from './grammar-error.js'
import { exceeded, type Limits } from './limits.js'
import { Scanner } from './scanner.js'

const COLON = 58
const OPEN = 40
const CLOSE = 41
const COMMA = 44
const BANG = 33
const AGGREGATES: readonly AggregateFunction[] = ['avg', 'count', 'max', 'min', 'sum']

interface Embeds {
  count: number
}

/**
 * The items of `select=`. What follows the parenthesis that closes an embed or has no partner is not read, as in
 * PostgREST.
 * @throws Mismatch, or GrammarError for a limit
 */
export function parseSelect(text: string, limits: Limits): SelectItem[] {
  return scanItems(new Scanner(text), 0, { count: 0 }, limits)
}

function scanItems(scanner: Scanner, depth: number, embeds: Embeds, limits: Limits): SelectItem[] {
  const items: SelectItem[] = []
  scanner.skipBlanks()
  if (scanner.ended || (depth > 0 && scanner.code === CLOSE)) return items
  for (;;) {
    scanner.skipBlanks()
    const item = scanItem(scanner, depth, embeds, limits)
    items.push(item)
    scanner.skipBlanks()
    if (scanner.code === COMMA) scanner.at++
    else if (scanner.ended || scanner.code === CLOSE || item.kind === 'embed') return items
    else throw mismatch
  }
}

function scanItem(scanner: Scanner, depth: number, embeds: Embeds, limits: Limits): SelectItem {
  if (scanner.skip('...')) return scanEmbed(scanner, scanner.name(), null, true, depth, embeds, limits)
  if (scanner.skip('*')) return { kind: 'all' }

  let name = scanner.name()
  let alias: string | null = null
  if (scanner.code === COLON && scanner.text.charCodeAt(scanner.at + 1) !== COLON) {
    scanner.at++
    alias = name
    name = scanner.name()
  }
  if (name === 'count' && !scanner.quoted && scanner.skip('()')) return countItem(scanner, alias)
  if (scanner.code === OPEN || scanner.code === BANG) {
    if (name === 'count' && !scanner.quoted) throw mismatch
    return scanEmbed(scanner, name, alias, false, depth, embeds, limits)
  }
  return scanFieldItem(scanner, { name, path: scanPath(scanner, limits) }, alias)
}

/** `count()` has a type to cast to and nothing else. */
function countItem(scanner: Scanner, alias: string | null): SelectItem {
  return { kind: 'field', field: null, alias, cast: null, aggregate: 'count', aggregateCast: scanCast(scanner) }
}

function scanFieldItem(scanner: Scanner, field: Field, alias: string | null): SelectItem {
  scanner.skipBlanks()
  const cast = scanCast(scanner)
  const aggregate = scanAggregate(scanner)
  // A second cast says nothing where there is no aggregate.
  const second = scanCast(scanner)
  return { kind: 'field', field, alias, cast, aggregate, aggregateCast: aggregate === null ? null : second }
}

function scanCast(scanner: Scanner): string | null {
  return scanner.skip('::') ? scanner.identifier() : null
}

function scanAggregate(scanner: Scanner): AggregateFunction | null {
  if (!scanner.skip('.')) return null
  for (const aggregate of AGGREGATES) if (scanner.skip(`${aggregate}()`)) return aggregate
  throw mismatch
}

function scanEmbed(
  scanner: Scanner,
  target: string,
  alias: string | null,
  spread: boolean,
  depth: number,
  embeds: Embeds,
  limits: Limits,
): Embed {
  if (depth >= limits.embedDepth) exceeded('embedDepth', limits)
  if (++embeds.count > limits.embeds) exceeded('embeds', limits)
  let hint: string | null = null
  let join: 'inner' | 'left' | null = null
  for (let modifiers = 0; modifiers < 2 && scanner.skip('!'); modifiers++) {
    const word = scanner.name()
    if (!scanner.quoted && (word === 'inner' || word === 'left')) join ??= word
    else hint ??= word
  }
  scanner.skipBlanks()
  scanner.expect('(')
  const items = scanItems(scanner, depth + 1, embeds, limits)
  scanner.expect(')')
  const selection = { items, where: [], order: [], limit: null, offset: null }
  return { kind: 'embed', target, alias, hint, join, spread, selection }
}
