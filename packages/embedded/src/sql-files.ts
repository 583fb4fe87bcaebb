import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { copyIn } from './copy-in.js'
import { SqlFileError } from './errors.js'
import { type Statement, statementsOf } from './statements.js'

/**
 * Runs SQL files in order as `psql --file` does: each in a session of its own, so that what one sets for the database
 * holds for the next and what it sets for its session does not, and each statement in a transaction of its own unless the
 * file begins one. The first error ends it.
 *
 * @param uri of the database
 * @param files paths, in the order to run them
 * @throws SqlFileError with file, line and PostgreSQL's message
 */
export async function loadSqlFiles(uri: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const sql = await readSqlFile(file)
    const client = new pg.Client({ connectionString: uri })
    await client.connect()
    try {
      for (const statement of statementsOf(sql)) await run(client, statement, sql, file)
    } finally {
      await client.end()
    }
  }
}

async function run(client: pg.Client, { text, start, rows }: Statement, sql: string, file: string): Promise<void> {
  try {
    if (rows === undefined) await client.query(text)
    else await copyIn(client, text, rows)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const characters = error.position === undefined ? 0 : Number(error.position) - 1
    const reason = [error.message, error.hint ?? hintOf(error)].filter((part) => part !== undefined)
    const [message, hint] = reason
    throw new SqlFileError(
      file,
      lineAt(sql, start) + lineAt(text, indexOf(text, characters)) - 1,
      error.code,
      hint === undefined ? (message ?? '') : `${message} (${hint})`,
      { cause: error },
    )
  }
}

/** Words to psql, not to PostgreSQL, that pg_dump writes around what it dumps. */
const aroundDump = /^\\(?:un)?restrict \w+\r?$/gm

/** What only psql understands. */
function hintOf({ code, message }: pg.DatabaseError): string | undefined {
  return code === '42601' && /"\\"$/.test(message) ? "psql's backslash commands are not SQL" : undefined
}

async function readSqlFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').replace(aroundDump, '')
  } catch (error) {
    throw new SqlFileError(file, undefined, undefined, `cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

/** Where PostgreSQL's `characters`, which are not UTF-16 units, end in a text. */
function indexOf(text: string, characters: number): number {
  let index = 0
  for (const character of text) {
    if (characters-- <= 0) break
    index += character.length
  }
  return index
}

/** The 1-based line of an index. */
function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
