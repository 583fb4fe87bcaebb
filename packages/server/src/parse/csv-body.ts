import { invalidBody } from '../errors/request-errors.js'
import { CsvError, parseCsv } from './csv.js'
import type { Slices } from './slices.js'

export interface CsvBody {
  readonly header: readonly string[]
  readonly rows: number
  /** the rows as a JSON array of objects of texts; NULL is null */
  readonly json: string
}

/** Rows between two pauses. */
const rowsAtOnce = 200

/**
 * A CSV body as JSON. Nothing in it is dropped: a name that the header has twice, or a line with more or fewer fields, is
 * an error.
 * @throws ApiError PGRST102
 */
export function* readCsv(text: string): Slices<CsvBody> {
  try {
    return yield* rowsOf(parseCsv(text))
  } catch (error) {
    throw error instanceof CsvError ? invalidBody('The body is not CSV', error.message) : error
  }
}

function* rowsOf(records: Generator<string[], void, void>): Slices<CsvBody> {
  const first = records.next()
  if (first.done === true) throw invalidBody('not enough input', 'A CSV body begins with a line of column names.')
  const header = first.value
  const twice = header.find((name, index) => header.indexOf(name) < index)
  if (twice !== undefined)
    throw invalidBody('The body is not CSV', `The header names the column ${quote(twice)} twice.`)
  const keys = header.map((name, index) => `${index === 0 ? '{' : ','}${quote(name)}:`)
  const pieces: string[] = []
  let rows: string[] = []
  let count = 0
  for (const record of records) {
    if (record.length !== header.length) throw invalidBody('All lines must have same number of fields')
    let row = ''
    for (let index = 0; index < keys.length; index += 1) {
      const value = record[index]
      row += (keys[index] ?? '') + (value === 'NULL' || value === undefined ? 'null' : quote(value))
    }
    rows.push(`${row}}`)
    count += 1
    if (rows.length < rowsAtOnce) continue
    pieces.push(rows.join()) // here, and not all of them in the end, which would be one long pause
    rows = []
    yield
  }
  if (rows.length > 0) pieces.push(rows.join())
  return { header, rows: count, json: `[${pieces.join()}]` }
}

const plain = /^[ !#-[\]-~]*$/

/** As JSON. */
function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text)
}
