import { startPostgres } from '@rolecast/embedded'
import { UsageError } from '../errors.js'
import { withClient } from '../input/connect.js'
import type { CatalogSource } from '../input/open-catalog.js'
import { sqlFilesOf } from '../input/sql-files.js'
import { count, type Progress } from '../progress.js'
import { Laboratory } from './laboratory.js'
import { readSubject, type Subject } from './subject.js'

/** A database to ask. `isOwn`: nobody else uses its server, so that anything may be done to it. */
export interface OpenedDatabase extends AsyncDisposable {
  readonly uri: string
  readonly isOwn: boolean
}

/** @throws UsageError, UnreachableError, SqlFileError */
export async function openDatabase({ database, folder }: CatalogSource, progress: Progress): Promise<OpenedDatabase> {
  if ('uri' in database) return { uri: database.uri, isOwn: false, [Symbol.asyncDispose]: async () => {} }
  if ('catalog' in database) {
    throw new UsageError('test-permissions asks PostgreSQL, so it needs a database: give --db URI.')
  }
  const sql = await sqlFilesOf(database.sql, folder)
  progress.say(`loading ${count(sql.length, 'SQL file')} into an embedded PostgreSQL`)
  const server = await startPostgres({ sql, ...(database.version && { version: database.version }) })
  return { uri: server.uri, isOwn: true, [Symbol.asyncDispose]: () => server.stop() }
}

/**
 * Runs work on a connection of its own, in a transaction that is rolled back.
 *
 * @throws UsageError where the login role cannot become the roles
 */
export function withLaboratory<T>(
  uri: string,
  { schemas, roles, authenticator }: Pick<CatalogSource, 'schemas' | 'roles' | 'authenticator'>,
  work: (laboratory: Laboratory, subject: Subject) => Promise<T>,
): Promise<T> {
  return withClient(uri, async (client) => {
    const searchPath = schemas.map((schema) => `"${schema.replaceAll('"', '""')}"`).join(', ')
    await using laboratory = await Laboratory.open(client, searchPath)
    const subject = await readSubject(client, { schemas, roles, authenticator })
    await mustBecome(laboratory, subject)
    return await work(laboratory, subject)
  })
}

/** Otherwise every question would come out as refused, and every test would be wrong. */
async function mustBecome(laboratory: Laboratory, { roles, login }: Subject): Promise<void> {
  const outcomes = await laboratory.ask(
    roles.map((role) => ({
      caller: { name: role, role, claims: {} },
      setup: [],
      statements: ['SELECT'],
      expected: null,
    })),
  )
  const refused = roles.filter((_, at) => outcomes[at] !== '1 rows')
  if (refused.length > 0) {
    throw new UsageError(
      `The login role ${login} cannot become ${refused.join(', ')}. Connect as the owner of the database or a superuser, to a copy of it.`,
    )
  }
}
