/** A pattern for JavaScript. */
export interface Pattern {
  readonly source: string
  readonly flags: string
  /** characters, as in brackets, of which the database's locale decides; of texts with one of these nothing is known */
  readonly doubtful: string
}

/** Spaces, digits, and letters of any kind, all beyond ASCII. The last are all that may be equal to a letter of ASCII. */
const doubts = {
  space: '\\p{Z}\\p{C}',
  digit: '\\p{N}',
  any: '\\u{80}-\\u{10ffff}',
  case: '\\u017f\\u0130\\u0131\\u212a',
}

const doubtOf = (name: string) =>
  /^[sS]$|^space$|^blank$/.test(name) ? doubts.space : /^[dD]$|^digit$/.test(name) ? doubts.digit : doubts.any

const classes: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  xdigit: '0-9A-Fa-f',
  blank: ' \\t',
  word: '\\w',
  punct: '!-\\/:-@\\[-`\\{-~',
}

const sameEscapes: ReadonlySet<string> = new Set(['n', 't', 'r', 'f', 'v'])
const localeEscapes: ReadonlySet<string> = new Set(['d', 'D', 'w', 'W', 's', 'S'])
const syntax = /[\\^$.*+?()[\]{}|/]/

/** PostgreSQL's regular expression for JavaScript, or null where the two do not mean the same. */
export function translatePattern(text: string, ignoresCase: boolean): Pattern | null {
  if (text.startsWith('***') || (ignoresCase && /[^\0-\x7f]/.test(text))) return null
  const doubtful = new Set(ignoresCase ? [doubts.case] : [])
  let source = ''
  let position = 0
  while (position < text.length) {
    const rest = text.slice(position)
    const piece = bracket(rest) ?? group(rest) ?? bound(rest) ?? escaped(rest) ?? plain(rest)
    if (piece === null) return null
    source += piece.source
    for (const characters of piece.doubtful ?? []) doubtful.add(characters)
    position += piece.length
  }
  const flags = ignoresCase ? 'isu' : 'su'
  try {
    new RegExp(source, flags)
  } catch {
    return null
  }
  return { source, flags, doubtful: [...doubtful].join('') }
}

interface Piece {
  readonly source: string
  readonly length: number
  readonly doubtful?: readonly string[]
}

/** `[^a-z[:digit:]_]` */
function bracket(rest: string): Piece | null {
  if (!rest.startsWith('[')) return null
  const doubtful: string[] = []
  let position = rest.startsWith('[^') ? 2 : 1
  let source = rest.slice(0, position)
  for (let isFirst = true; ; isFirst = false) {
    const here = rest.slice(position)
    const [whole, name] = /^\[:(\w+):\]/.exec(here) ?? []
    if (whole !== undefined && name !== undefined) {
      const members = classes[name]
      if (members === undefined) return null
      source += members
      doubtful.push(doubtOf(name))
      position += whole.length
    } else if (here === '' || /^\[[.=:]/.test(here)) return null
    else if (here.startsWith(']') && !isFirst) return { source: `${source}]`, length: position + 1, doubtful }
    else if (here.startsWith('\\')) {
      const piece = escaped(here)
      if (piece === null || /^\\[AZyY]/.test(here)) return null
      source += piece.source
      doubtful.push(...(piece.doubtful ?? []))
      position += piece.length
    } else {
      const [character = ''] = here
      source += character === '-' && !isFirst && here[1] !== ']' ? '-' : literal(character)
      position += character.length
    }
  }
}

/** `(`, `(?:`, and what looks ahead or back; `(?i)` and its like are of PostgreSQL's own. */
function group(rest: string): Piece | null {
  const [whole] = /^\((?:\?(?:[:=!]|<[=!]))?/.exec(rest) ?? []
  if (whole === undefined || rest.startsWith('(?', 0) !== whole.length > 1) return null
  return { source: whole === '(' ? '(?:' : whole, length: whole.length }
}

/** `{2,5}`; a brace before anything else is one of the text. */
function bound(rest: string): Piece | null {
  const [whole] = /^\{\d{1,3}(?:,\d{0,3})?\}/.exec(rest) ?? []
  return whole === undefined ? null : { source: whole, length: whole.length }
}

function escaped(rest: string): Piece | null {
  if (!rest.startsWith('\\')) return null
  const [, character = ''] = /^\\(.)/su.exec(rest) ?? []
  if (character === 'A' || character === 'Z') return { source: character === 'A' ? '^' : '$', length: 2 }
  if (character === 'y' || character === 'Y') return { source: character === 'y' ? '\\b' : '\\B', length: 2, doubtful: [doubts.any] } // biome-ignore format: a table
  if (localeEscapes.has(character)) return { source: `\\${character}`, length: 2, doubtful: [doubtOf(character)] }
  if (sameEscapes.has(character)) return { source: `\\${character}`, length: 2 }
  if (character === '' || /[A-Za-z0-9]/.test(character)) return null
  return { source: literal(character), length: 1 + character.length }
}

function plain(rest: string): Piece | null {
  const [character = ''] = rest
  if ('^$.*+?|)'.includes(character)) return { source: character, length: 1 }
  return /^[([\\]/.test(character) ? null : { source: literal(character), length: character.length }
}

/** A character that stands for itself, in brackets too. */
function literal(character: string): string {
  if (syntax.test(character) || character === '-') return character === '-' ? '\\x2d' : `\\${character}`
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u.test(character)
    ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
    : character
}

/** PostgreSQL's LIKE pattern for JavaScript, or null where it ends in an escape. */
export function translateLike(text: string, ignoresCase: boolean): Pattern | null {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text) || (ignoresCase && /[^\0-\x7f]/.test(text))) return null
  const source = text.replace(/\\(.)|(.)/gsu, (_, quoted: string | undefined, character: string) =>
    quoted !== undefined ? literal(quoted) : character === '%' ? '.*' : character === '_' ? '.' : literal(character),
  )
  return { source: `^${source}$`, flags: ignoresCase ? 'isu' : 'su', doubtful: ignoresCase ? doubts.case : '' }
}
