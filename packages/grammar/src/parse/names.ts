import type { Field } from '../query.js'
import { scanPath } from './field.js'
import type { Limits } from './limits.js'
import { Scanner } from './scanner.js'

const COMMA = 44
const DOT = 46

/**
 * `columns=`, `on_conflict=`: names with commas between them, each once. What follows them is not read, as in PostgREST.
 * @throws Mismatch
 */
export function parseNames(text: string): string[] {
  const scanner = new Scanner(text)
  const names = new Set<string>()
  for (;;) {
    scanner.skipBlanks()
    names.add(scanner.name())
    scanner.skipBlanks()
    if (scanner.code !== COMMA) return [...names]
    scanner.at++
  }
}

/** The name of a parameter: embeds on the way, then a field of the last one. */
export interface ParameterPath {
  readonly embeds: readonly string[]
  readonly field: Field
}

const HERE: readonly string[] = []

/**
 * `embed.embed.column->path`; what follows is not read, as in PostgREST.
 * @throws Mismatch
 */
export function parseParameterPath(text: string, limits: Limits): ParameterPath {
  const scanner = new Scanner(text)
  let name = scanner.name()
  if (scanner.ended) return { embeds: HERE, field: { name, path: [] } }
  const embeds: string[] = []
  while (scanner.code === DOT) {
    scanner.at++
    embeds.push(name)
    name = scanner.name()
  }
  return { embeds, field: { name, path: scanPath(scanner, limits) } }
}

/**
 * `embed.not.or`: the embeds, and whether a bare `not` is among them; it may stand anywhere, as in PostgREST.
 * @throws Mismatch
 */
export function parseLogicPath(text: string): { embeds: readonly string[]; negated: boolean } {
  const scanner = new Scanner(text)
  const embeds: string[] = []
  let negated = false
  for (;;) {
    const name = scanner.name()
    if (scanner.ended) return { embeds, negated }
    if (name === 'not' && !scanner.quoted) negated = true
    else embeds.push(name)
    scanner.expect('.')
  }
}
