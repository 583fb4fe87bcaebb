import type { Server } from '@rolecast/server'
import { generateFiles, type RoleOutput } from '../emit/generate-files.js'
import { compareFiles, writeFiles } from '../emit/output-files.js'
import { UsageError } from '../errors.js'
import { openCatalog } from '../input/open-catalog.js'
import type { Reading } from '../input/read-project.js'
import { keepRun } from '../last-run/keep-run.js'
import { lastRunFolder } from '../last-run/stored-rights.js'
import type { Progress } from '../progress.js'
import { type DevDatabase, digestOf, loadedDatabase, runningDatabase } from './dev-database.js'
import { type Address, listenAt, startServer } from './dev-server.js'
import { type ServerChoices, serverOptionsOf } from './server-options.js'

/** What a refresh did. */
export interface Refreshed {
  /** files that were written or removed */
  readonly written: number
  readonly address: Address
}

/**
 * The database, the server and the files of a project while somebody works on it. `refresh` makes them what the project says
 * now; where that fails, the database and the server of before go on.
 */
export class DevSite implements AsyncDisposable {
  private database: DevDatabase | undefined
  private server: Server | undefined
  /** what the server was made with */
  private made = ''
  private port: number

  constructor(
    private readonly address: Address,
    private readonly choices: ServerChoices,
    private readonly progress: Progress,
  ) {
    this.port = address.port
  }

  get isServing(): boolean {
    return this.server !== undefined
  }

  /** @throws UsageError, SqlFileError, CatalogError, EmbeddedPostgresError, UnreachableError; PortTaken */
  async refresh(reading: Reading): Promise<Refreshed> {
    const before = this.database
    const database = await this.databaseOf(reading)
    try {
      const written = await writeClients(reading, database, this.progress)
      await this.serve(reading, database)
      this.database = database
      if (before !== database) await before?.[Symbol.asyncDispose]()
      return { written, address: { ...this.address, port: this.port } }
    } catch (error) {
      if (database !== before) await database[Symbol.asyncDispose]()
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server?.close()
    await this.database?.[Symbol.asyncDispose]()
  }

  private async databaseOf(reading: Reading): Promise<DevDatabase> {
    const { database, base } = reading
    if ('uri' in database) return this.database?.uri === database.uri ? this.database : runningDatabase(database.uri)
    if ('catalog' in database) throw new UsageError('A stored catalog has no rows to serve: give --db, or SQL files.')
    const isSame = this.database !== undefined && this.database.digest === (await digestOf(database, base))
    return isSame && this.database ? this.database : loadedDatabase(reading, database, this.progress)
  }

  private async serve(reading: Reading, database: DevDatabase): Promise<void> {
    const options = serverOptionsOf(reading, database, this.choices)
    const made = JSON.stringify([database.digest, options])
    if (this.server !== undefined && made === this.made) {
      if (database.digest === null) await this.server.reloadSchema()
      return
    }
    const next = await startServer(options)
    const before = this.server
    this.server = undefined
    try {
      await before?.close() // the port is free then, and the requests under way are answered
      this.port = await listenAt(next, { ...this.address, port: this.port })
    } catch (error) {
      await next.close()
      throw error
    }
    this.server = next
    this.made = made
  }
}

/** @returns how many files are other ones now */
async function writeClients(reading: Reading, { uri }: DevDatabase, progress: Progress): Promise<number> {
  const { loaded, out } = reading
  const { config, targets, folder } = loaded
  const { schemas, roles, authenticator, facts } = config
  const security = facts !== undefined
  const catalog = await openCatalog({ database: { uri }, schemas, roles, authenticator, folder, security }, progress)
  const outputs = await generateFiles(catalog, { ...config, targets }, progress)
  const files = outputs.flatMap((output) => output.files)
  const changes = await compareFiles(out, files)
  await writeFiles(out, files, changes)
  await keepRun(outputs, lastRunFolder(folder, out), progress)
  for (const remark of remarksOf(outputs)) progress.say(remark)
  return changes.added.length + changes.changed.length + changes.removed.length
}

function remarksOf(outputs: readonly RoleOutput[]): readonly string[] {
  return outputs.flatMap(({ surface, remarks }) => remarks.map((remark) => `${surface.role}: ${remark}`))
}
