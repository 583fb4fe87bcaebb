/**
 * A small backtracking parser with the error reports of Parsec, the library whose wording clients of PostgREST know.
 * It never decides anything: the scanners do. When one refuses a text, this tells what was expected where, once.
 */

/** What is known to be wrong at one place; "expected" holds descriptions, the other two what was found instead. */
export interface Complaint {
  readonly at: number
  readonly found: readonly string[]
  readonly unexpected: readonly string[]
  readonly expected: readonly string[]
}

export interface Reply {
  readonly ok: boolean
  readonly consumed: boolean
  /** where parsing goes on */
  readonly at: number
  readonly complaint: Complaint
}

export type Parser = (characters: readonly string[], at: number) => Reply

function none(at: number): Complaint {
  return { at, found: [], unexpected: [], expected: [] }
}

function isNone(complaint: Complaint): boolean {
  return complaint.found.length + complaint.unexpected.length + complaint.expected.length === 0
}

/** The complaint further on wins; at the same place both count. */
function merge(first: Complaint, second: Complaint): Complaint {
  if (isNone(second) && !isNone(first)) return first
  if (isNone(first) && !isNone(second)) return second
  if (first.at !== second.at) return first.at > second.at ? first : second
  return {
    at: first.at,
    found: [...first.found, ...second.found],
    unexpected: [...first.unexpected, ...second.unexpected],
    expected: [...first.expected, ...second.expected],
  }
}

function show(character: string | undefined): string {
  return character === undefined ? '' : JSON.stringify(character)
}

/** One character for which `test` holds. */
export function satisfy(test: (character: string) => boolean, name?: string): Parser {
  const expected = name === undefined ? [] : [name]
  return (characters, at) => {
    const character = characters[at]
    if (character !== undefined && test(character)) {
      return { ok: true, consumed: true, at: at + 1, complaint: none(at + 1) }
    }
    return { ok: false, consumed: false, at, complaint: { at, found: [show(character)], unexpected: [], expected } }
  }
}

export function char(wanted: string): Parser {
  return satisfy((character) => character === wanted, JSON.stringify(wanted))
}

export function noneOf(characters: string): Parser {
  return satisfy((character) => !characters.includes(character))
}

export function oneOf(characters: string): Parser {
  return satisfy((character) => characters.includes(character))
}

/** The whole text; a complaint about it is at its beginning, with the character that differs. */
export function string(wanted: string): Parser {
  const letters = [...wanted]
  const expected = [JSON.stringify(wanted)]
  return (characters, at) => {
    for (const [index, letter] of letters.entries()) {
      const character = characters[at + index]
      if (character !== letter) {
        const complaint = { at, found: [show(character)], unexpected: [], expected }
        return { ok: false, consumed: index > 0, at: at + index, complaint }
      }
    }
    return { ok: true, consumed: true, at: at + letters.length, complaint: none(at + letters.length) }
  }
}

export const nothing: Parser = (_, at) => ({ ok: true, consumed: false, at, complaint: none(at) })

export const end: Parser = (characters, at) => {
  const character = characters[at]
  const expected = ['end of input']
  return character === undefined
    ? { ok: true, consumed: false, at, complaint: { at, found: [''], unexpected: [], expected } }
    : { ok: false, consumed: false, at, complaint: { at, found: [], unexpected: [`'${character}'`], expected } }
}

/** One after the other. */
export function sequence(...parsers: readonly Parser[]): Parser {
  return (characters, start) => {
    let reply = nothing(characters, start)
    for (const parser of parsers) {
      const next = parser(characters, reply.at)
      const complaint = next.consumed ? next.complaint : merge(reply.complaint, next.complaint)
      reply = { ok: next.ok, consumed: reply.consumed || next.consumed, at: next.at, complaint }
      if (!next.ok) return reply
    }
    return reply
  }
}

/** The first that fits; one that fails after it has consumed something ends the search. */
export function choice(...parsers: readonly Parser[]): Parser {
  return (characters, at) => {
    let complaint = none(at)
    for (const parser of parsers) {
      const reply = parser(characters, at)
      if (reply.consumed) return reply
      complaint = merge(complaint, reply.complaint)
      if (reply.ok) return { ...reply, complaint }
    }
    return { ok: false, consumed: false, at, complaint }
  }
}

/** Failing, it has consumed nothing. */
export function attempt(parser: Parser): Parser {
  return (characters, at) => {
    const reply = parser(characters, at)
    return reply.ok ? reply : { ...reply, consumed: false, at }
  }
}

export function optional(parser: Parser): Parser {
  return choice(parser, nothing)
}

export function lookAhead(parser: Parser): Parser {
  return (characters, at) => {
    const reply = parser(characters, at)
    return reply.ok ? { ok: true, consumed: false, at, complaint: none(at) } : reply
  }
}

/** Fails, one character on, where this one comes next. */
export function notBefore(wanted: (character: string) => boolean, name?: string): Parser {
  const one = satisfy(wanted, name)
  return (characters, at) => {
    const reply = one(characters, at)
    if (!reply.ok) return { ok: true, consumed: false, at, complaint: reply.complaint }
    const complaint = { at: at + 1, found: [], unexpected: [`'${characters[at]}'`], expected: [] }
    return { ok: false, consumed: false, at, complaint }
  }
}

export function many(parser: Parser): Parser {
  return (characters, start) => {
    let at = start
    for (;;) {
      const reply = parser(characters, at)
      if (!reply.ok && reply.consumed) return reply
      if (!reply.ok || !reply.consumed) return { ok: true, consumed: at > start, at, complaint: reply.complaint }
      at = reply.at
    }
  }
}

export function many1(parser: Parser): Parser {
  return sequence(parser, many(parser))
}

export function separatedBy(parser: Parser, separator: Parser): Parser {
  return sequence(parser, many(sequence(separator, parser)))
}

/** A name for what is expected here, instead of its parts. */
export function labelled(name: string, parser: Parser): Parser {
  return (characters, at) => {
    const reply = parser(characters, at)
    if (reply.consumed || (reply.ok && isNone(reply.complaint))) return reply
    return { ...reply, complaint: { ...reply.complaint, expected: [name] } }
  }
}

/** For productions that contain themselves. */
export function later(parser: () => Parser): Parser {
  return (characters, at) => parser()(characters, at)
}
