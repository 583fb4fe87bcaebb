import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { SqlFileError } from './errors.js'

/**
 * Runs SQL files in order on a connected client, each file as one implicit transaction: a file is applied whole or
 * not at all.
 *
 * @param files paths, in the order to run them
 * @throws SqlFileError with file, line and PostgreSQL's message
 */
export async function loadSqlFiles(client: pg.ClientBase, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const sql = await readSqlFile(file)
    try {
      await client.query(sql)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error
      const line = error.position === undefined ? undefined : lineAt(sql, Number(error.position))
      const hint = error.hint ?? hintOf(sql, error)
      const reason = hint === undefined ? error.message : `${error.message} (${hint})`
      throw new SqlFileError(file, line, error.code, reason, { cause: error })
    }
  }
}

/** Words to psql, not to PostgreSQL, that pg_dump writes around what it dumps. */
const aroundDump = /^\\(?:un)?restrict \w+\r?$/gm

/** What only psql understands. */
function hintOf(sql: string, { code, message }: pg.DatabaseError): string | undefined {
  if (code !== '42601') return undefined
  if (/"\\"$/.test(message)) return "psql's backslash commands are not SQL"
  if (/^COPY\s.*\sFROM\s+stdin/im.test(sql))
    return 'rows below COPY … FROM stdin are for psql: dump with --schema-only, or with --inserts'
  return undefined
}

async function readSqlFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').replace(aroundDump, '')
  } catch (error) {
    throw new SqlFileError(file, undefined, undefined, `cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

/** The 1-based line of PostgreSQL's error position, which counts characters (not UTF-16 units) from 1. */
function lineAt(sql: string, position: number): number {
  let line = 1
  let character = 1
  for (const c of sql) {
    if (character >= position) break
    if (c === '\n') line++
    character++
  }
  return line
}
