/** Why a text is not CSV, as a sentence with the line it is in. */
export class CsvError extends Error {
  override readonly name = 'CsvError'
}

const QUOTE = 34
const COMMA = 44
const LF = 10
const CR = 13

/**
 * The records of a CSV text (RFC 4180): fields between commas, in double quotes where they hold a comma, a quote (which
 * is doubled) or a line break. Lines end with LF, CRLF or CR, the last one may end with the text; blank lines and a byte
 * order mark are skipped.
 *
 * @throws CsvError where a quote is not closed, is followed by something other than a comma or line break, or stands in a
 * field that is not quoted
 */
export function* parseCsv(text: string): Generator<string[], void, void> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (;;) {
    at = afterBlankLines(text, at)
    if (at === text.length) return
    const record: string[] = []
    for (;;) {
      const isQuoted = text.charCodeAt(at) === QUOTE
      const end = isQuoted ? endOfQuoted(text, at) : endOfBare(text, at)
      record.push(isQuoted ? unquoted(text.slice(at + 1, end - 1)) : text.slice(at, end))
      at = end
      if (text.charCodeAt(at) !== COMMA) break
      at += 1
    }
    yield record
  }
}

function unquoted(text: string): string {
  return text.includes('"') ? text.replaceAll('""', '"') : text
}

function afterBlankLines(text: string, start: number): number {
  let at = start
  while (isLineBreak(text.charCodeAt(at))) at += 1
  return at
}

function isLineBreak(code: number): boolean {
  return code === LF || code === CR
}

function endOfBare(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === LF || code === CR) return at
    if (code === QUOTE) throw fault(text, at, 'a quote stands in a field that is not quoted')
  }
  return text.length
}

/** Behind the quote that closes. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at)
    if (at < 0) throw fault(text, start, 'the quote of a field is not closed')
    const next = text.charCodeAt(at + 1)
    if (next === QUOTE) continue
    if (Number.isNaN(next) || next === COMMA || isLineBreak(next)) return at + 1
    throw fault(text, at, 'something other than a comma follows a quoted field')
  }
}

function fault(text: string, at: number, what: string): CsvError {
  const line = text.slice(0, at).split(/\r\n|\n|\r/).length
  return new CsvError(`Line ${line}: ${what}.`)
}
