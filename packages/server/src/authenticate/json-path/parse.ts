import type { Comparison, Operand, Path, Segment, Selector, Test } from './path.js'

/** A path that starts with `$`; null where the text is none. Written by whoever runs the server, not by its clients. */
export function parsePath(text: string): Path | null {
  try {
    const reader = new Reader(text)
    const path = readPath(reader)
    return reader.ended && path.root === '$' ? path : null
  } catch (error) {
    if (error instanceof NoPath) return null
    throw error
  }
}

class NoPath extends Error {}

class Reader {
  private at = 0
  constructor(private readonly text: string) {}

  get ended(): boolean {
    return this.at === this.text.length
  }

  /** Goes past what the pattern, which has to be sticky, matches here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match !== null) this.at += match[0].length
    return match
  }

  expect(pattern: RegExp): RegExpExecArray {
    const match = this.take(pattern)
    if (match === null) throw new NoPath()
    return match
  }
}

function readPath(reader: Reader): Path {
  const root = reader.expect(/[$@]/y)[0] === '$' ? '$' : '@'
  const segments: Segment[] = []
  for (;;) {
    const dots = reader.take(/\s*(\.\.?)(?=[\p{L}_*\u0080-\u{10ffff}])/uy)
    if (dots !== null) {
      segments.push({ descendants: dots[1] === '..', selectors: [readShorthand(reader)] })
      continue
    }
    const bracket = reader.take(/\s*(\.\.)?\[\s*/y)
    if (bracket === null) return { root, segments }
    const selectors = [readSelector(reader)]
    while (reader.take(/\s*,\s*/y) !== null) selectors.push(readSelector(reader))
    reader.expect(/\s*\]/y)
    segments.push({ descendants: bracket[1] !== undefined, selectors })
  }
}

function readShorthand(reader: Reader): Selector {
  if (reader.take(/\*/y) !== null) return { kind: 'wildcard' }
  return { kind: 'name', name: reader.expect(/[\p{L}\p{N}_\u0080-\u{10ffff}]+/uy)[0] }
}

function readSelector(reader: Reader): Selector {
  if (reader.take(/\*/y) !== null) return { kind: 'wildcard' }
  if (reader.take(/\?\s*/y) !== null) return { kind: 'filter', test: readOr(reader) }
  const text = readText(reader)
  if (text !== null) return { kind: 'name', name: text }
  const slice = reader.take(/(-?\d{1,15})?\s*:\s*(-?\d{1,15})?(?:\s*:\s*(-?\d{1,15})?)?/y)
  if (slice !== null) {
    const [, start, end, step] = slice
    return { kind: 'slice', start: numberOrNull(start), end: numberOrNull(end), step: numberOrNull(step) ?? 1 }
  }
  return { kind: 'index', index: Number(reader.expect(/-?\d{1,15}/y)[0]) }
}

function numberOrNull(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits)
}

function readOr(reader: Reader): Test {
  const tests = [readAnd(reader)]
  while (reader.take(/\s*\|\|\s*/y) !== null) tests.push(readAnd(reader))
  return tests.length === 1 && tests[0] !== undefined ? tests[0] : { kind: 'or', tests }
}

function readAnd(reader: Reader): Test {
  const tests = [readTest(reader)]
  while (reader.take(/\s*&&\s*/y) !== null) tests.push(readTest(reader))
  return tests.length === 1 && tests[0] !== undefined ? tests[0] : { kind: 'and', tests }
}

function readTest(reader: Reader): Test {
  if (reader.take(/!\s*/y) !== null) return { kind: 'not', test: readTest(reader) }
  if (reader.take(/\(\s*/y) !== null) {
    const test = readOr(reader)
    reader.expect(/\s*\)/y)
    return test
  }
  const pattern = reader.take(/(match|search)\(\s*/y)
  if (pattern !== null) {
    const text = readOperand(reader)
    reader.expect(/\s*,\s*/y)
    const expression = readOperand(reader)
    reader.expect(/\s*\)/y)
    return { kind: pattern[1] === 'match' ? 'match' : 'search', text, pattern: expression }
  }
  const left = readOperand(reader)
  const operator = reader.take(/\s*(==|!=|<=|>=|<|>)\s*/y)
  if (operator !== null) {
    return { kind: 'compare', operator: operator[1] as Comparison, left, right: readOperand(reader) }
  }
  if (left.kind !== 'value') throw new NoPath()
  return { kind: 'exists', path: left.path }
}

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

function readOperand(reader: Reader): Operand {
  const text = readText(reader)
  if (text !== null) return { kind: 'literal', value: text }
  const number = reader.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
  if (number !== null) return { kind: 'literal', value: Number(number[0]) }
  const word = reader.take(/(?:true|false|null)\b/y)
  if (word !== null) return { kind: 'literal', value: words[word[0]] ?? null }
  const call = reader.take(/(length|count|value)\(\s*/y)
  if (call === null) return { kind: 'value', path: readPath(reader) }
  const operand: Operand =
    call[1] === 'length'
      ? { kind: 'length', of: readOperand(reader) }
      : { kind: call[1] === 'count' ? 'count' : 'value', path: readPath(reader) }
  reader.expect(/\s*\)/y)
  return operand
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function readText(reader: Reader): string | null {
  const match = reader.take(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y)
  if (match === null) return null
  return (match[1] ?? match[2] ?? '').replace(
    /\\(?:u([0-9A-Fa-f]{4})|(.))/g,
    (_, hex: string | undefined, character: string) =>
      hex === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
