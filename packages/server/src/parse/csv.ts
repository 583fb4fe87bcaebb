/**
 * The records of a CSV text (RFC 4180): fields between commas, in double quotes where they hold a comma, a quote (which
 * is doubled) or a line break. The last line break is optional, and a byte order mark is skipped.
 *
 * @returns null where a quote is not closed or is followed by something other than a comma or line break
 */
export function parseCsv(text: string): string[][] | null {
  const records: string[][] = []
  let record: string[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at)
    if (field === null) return null
    record.push(field.value)
    at = field.end
    if (text[at] === ',') {
      at += 1
      if (at === text.length) record.push('')
      else continue
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    records.push(record)
    record = []
  }
  if (record.length > 0) records.push(record)
  return records
}

interface CsvField {
  readonly value: string
  /** where the comma or line break after it is */
  readonly end: number
}

function bareField(text: string, start: number): CsvField {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && !text.startsWith('\r\n', end)) end += 1
  return { value: text.slice(start, end), end }
}

function quotedField(text: string, start: number): CsvField | null {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return null
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const end = quote + 1
      const closed = end >= text.length || text[end] === ',' || text[end] === '\n' || text.startsWith('\r\n', end)
      return closed ? { value, end } : null
    }
    value += '"'
    at = quote + 2
  }
}
