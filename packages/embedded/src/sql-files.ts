import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import pg from 'pg'
import { copyIn } from './copy-in.js'
import { SqlFileError } from './errors.js'
import type { LeftOut } from './load-report.js'
import { readMetaCommand } from './psql/meta-command.js'
import { upSection } from './psql/up-section.js'
import { interpolated } from './psql/variables.js'
import { type Statement, statementsOf } from './statements.js'

/** How files are run that were written for another PostgreSQL than this one. */
export interface Leniency {
  /** The text to run in place of a statement; it has the same length, so that positions stay right. */
  rewrite(text: string): string
  /** Whether a statement may be left out if PostgreSQL refuses it with this SQLSTATE; undefined: with some SQLSTATE. */
  maySkip(text: string, code: string | undefined): boolean
}

/**
 * Runs SQL files in order as `psql --file` does: each in a session of its own, so that what one sets for the database
 * holds for the next and what it sets for its session does not, and each statement in a transaction of its own unless the
 * file begins one. The first error ends it.
 *
 * @param uri of the database
 * @param files paths, in the order to run them
 * @param leniency what may be run otherwise, or not at all; without it nothing
 * @returns the statements that were left out
 * @throws SqlFileError with file, line and PostgreSQL's message
 */
export async function loadSqlFiles(
  uri: string,
  files: readonly string[],
  leniency?: Leniency,
): Promise<readonly LeftOut[]> {
  const leftOut: LeftOut[] = []
  for (const file of files) {
    const client = new pg.Client({ connectionString: uri })
    await client.connect()
    try {
      const run = leniency === undefined ? runAsItIs : lenientRunner(client, leniency)
      await runFile(file, { client, run, variables: new Map(), leftOut, including: [] })
    } finally {
      await client.end()
    }
  }
  return leftOut
}

/** What the files of one session share: a file and those that it includes. */
interface Session {
  readonly client: pg.Client
  readonly run: Run
  /** of psql's `\\set` */
  readonly variables: Map<string, string>
  readonly leftOut: LeftOut[]
  /** the files that include this one, the outermost first */
  readonly including: readonly string[]
}

async function runFile(file: string, session: Session): Promise<void> {
  const sql = await readSqlFile(file)
  for (const statement of statementsOf(sql)) {
    const line = lineAt(sql, statement.start)
    if (statement.isForPsql) {
      await follow(statement.text, { file, line }, session)
      continue
    }
    const text = interpolated(statement.text, session.variables)
    try {
      const skipped = await session.run(session.client, { ...statement, text })
      if (skipped !== null) session.leftOut.push({ file, line, reason: skipped })
    } catch (error) {
      throw error instanceof pg.DatabaseError ? refusalOf(error, { ...statement, text }, sql, file) : error
    }
  }
}

/** Does what psql does at one of its own commands. */
async function follow(text: string, { file, line }: { file: string; line: number }, session: Session): Promise<void> {
  const refuse = (reason: string) => new SqlFileError(file, line, undefined, reason)
  const command = readMetaCommand(text)
  const { client, variables, including } = session
  switch (command.kind) {
    case 'include': {
      // Without a place to start from, psql takes the folder that it was called in.
      const path = resolve(command.isBesideThis ? dirname(file) : process.cwd(), command.file)
      if (path === file || including.includes(path)) throw refuse(`${text.trim()}: the file includes itself`)
      if (!existsSync(path)) throw refuse(`${text.trim()}: there is no file ${path}`)
      return runFile(path, { ...session, including: [...including, file] })
    }
    case 'set':
      variables.set(command.name, command.value)
      return
    case 'connect': {
      const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
      if (command.database === null || command.database === rows[0]?.name) return
      throw refuse(
        `${text.trim()}: files are loaded into one database; split the dump, or dump one database with pg_dump and without --create`,
      )
    }
    case 'unknown':
      throw refuse(`\\${command.name} is a command to psql that is not understood here`)
  }
}

/** Runs a statement; PostgreSQL's words where it was left out, else null. */
type Run = (client: pg.Client, statement: Statement) => Promise<string | null>

const runAsItIs: Run = async (client, { text, rows }) => {
  if (rows === undefined) await client.query(text)
  else await copyIn(client, text, rows)
  return null
}

/** Follows the transactions that a file begins: what is left out of one must not end it. */
function lenientRunner(client: pg.Client, { rewrite, maySkip }: Leniency): Run {
  let isInTransaction = false
  return async (_, statement) => {
    const text = rewrite(statement.text)
    const [, word = ''] = /^(begin|start|commit|end|rollback(?!\s+to\b)|abort)\b/i.exec(text) ?? []
    const isGuarded = isInTransaction && maySkip(text, undefined)
    if (isGuarded) await client.query('SAVEPOINT rolecast')
    try {
      await runAsItIs(client, { ...statement, text })
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !maySkip(text, error.code)) throw error
      if (isGuarded) await client.query('ROLLBACK TO SAVEPOINT rolecast')
      return error.message
    }
    if (isGuarded) await client.query('RELEASE SAVEPOINT rolecast')
    if (word !== '') isInTransaction = /^(begin|start)$/i.test(word)
    return null
  }
}

function refusalOf(error: pg.DatabaseError, { text, start }: Statement, sql: string, file: string): SqlFileError {
  const characters = error.position === undefined ? 0 : Number(error.position) - 1
  const hint = error.hint ?? hintOf(error)
  const line = lineAt(sql, start) + lineAt(text, indexOf(text, characters)) - 1
  const reason = hint === undefined ? error.message : `${error.message} (${hint})`
  return new SqlFileError(file, line, error.code, reason, { cause: error })
}

/** What only psql understands. */
function hintOf({ code, message }: pg.DatabaseError): string | undefined {
  return code === '42601' && /"\\"$/.test(message) ? "psql's backslash commands are not SQL" : undefined
}

async function readSqlFile(file: string): Promise<string> {
  try {
    return upSection((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''))
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
