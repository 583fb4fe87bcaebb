/** One statement of an SQL file. */
export interface Statement {
  readonly text: string
  /** where it begins in the file, in characters as JavaScript counts them */
  readonly start: number
  /** of `COPY … FROM stdin`: the rows below it */
  readonly rows?: string
  /** a command to psql, which begins with a backslash and ends with its line */
  readonly isForPsql?: true
}

/** What makes up SQL as far as the ends of statements go: in this order, since a comment may have a quote in it. */
const token =
  /--[^\n]*|\/\*|\$([\p{L}_][\p{L}\p{N}_]*)?\$|(?<![\p{L}\p{N}_$])[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|[();]|[^\s]/gsu

/**
 * Splits SQL at the semicolons that end a statement, as psql does: not inside of quotes, comments, parentheses or the
 * bodies of functions (`BEGIN ATOMIC … END`). Comments between statements belong to none.
 */
export function statementsOf(sql: string): readonly Statement[] {
  const statements: Statement[] = []
  let start: number | undefined
  let parentheses = 0
  let blocks = 0
  let words: string[] = []
  const finish = (end: number) => {
    if (start !== undefined) {
      const text = sql.slice(start, end)
      const data = copiesRows.test(text) ? rowsAfter(sql, end) : undefined
      statements.push({ text, start, ...(data && { rows: data.rows }) })
      if (data) token.lastIndex = data.end
    }
    start = undefined
    parentheses = 0
    blocks = 0
    words = []
  }
  token.lastIndex = 0
  for (let match = token.exec(sql); match !== null; match = token.exec(sql)) {
    const [text] = match
    if (text.startsWith('--')) continue
    if (text === '/*') {
      token.lastIndex = endOfComment(sql, match.index)
      continue
    }
    if (text === '\\' && start === undefined) {
      const end = sql.indexOf('\n', match.index)
      token.lastIndex = end < 0 ? sql.length : end
      statements.push({ text: sql.slice(match.index, token.lastIndex), start: match.index, isForPsql: true })
      continue
    }
    if (text === ';' && parentheses === 0 && blocks === 0) {
      finish(match.index + 1)
      continue
    }
    start ??= match.index
    if (text.startsWith('$') && text.endsWith('$')) {
      const end = sql.indexOf(text, match.index + text.length)
      token.lastIndex = end < 0 ? sql.length : end + text.length
    } else if (text === '(') parentheses++
    else if (text === ')') parentheses = Math.max(0, parentheses - 1)
    else if (/^[\p{L}_]/u.test(text)) {
      const word = text.toLowerCase()
      if (words.length < 4) words.push(word)
      const isBody = word === 'begin' && atomic.test(sql.slice(token.lastIndex, token.lastIndex + 40))
      blocks = blocksAfter(isBody ? 'begin atomic' : word, blocks, words)
    }
  }
  finish(sql.length)
  return statements
}

const copiesRows = /^copy\s[^;]*\sfrom\s+stdin\b/is
const atomic = /^\s+atomic\b/i

/** The lines from the next one to the one that ends them, `\.`. */
function rowsAfter(sql: string, index: number): { rows: string; end: number } {
  const first = sql.indexOf('\n', index) + 1
  if (first === 0) return { rows: '', end: sql.length }
  const last = /^\\\.\r?$/m.exec(sql.slice(first))
  if (last === null) return { rows: sql.slice(first), end: sql.length }
  return { rows: sql.slice(first, first + last.index), end: first + last.index + last[0].length }
}

/** Only routines have blocks, and only inside of these do `CASE` and `END` count. */
function blocksAfter(word: string, blocks: number, [first, ...next]: readonly string[]): number {
  const makesRoutine = first === 'create' && next.some((each) => each === 'function' || each === 'procedure')
  if (!makesRoutine) return 0
  if (word === 'begin atomic' || (word === 'case' && blocks > 0)) return blocks + 1
  return word === 'end' && blocks > 0 ? blocks - 1 : blocks
}

/** Comments of PostgreSQL nest. */
function endOfComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g
  mark.lastIndex = start + 2
  for (let depth = 1, match = mark.exec(sql); match !== null; match = mark.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return sql.length
}
