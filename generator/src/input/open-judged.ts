import type { AuditOptions } from '@rolecast/audit'
import type { Catalog } from '@rolecast/catalog'
import { UsageError } from '../errors.js'
import { progressTo } from '../progress.js'
import type { ConfigFiles } from './config-files.js'
import { type CatalogSource, openCatalog } from './open-catalog.js'
import { readServerConfiguration, type ServerConfiguration } from './server-facts.js'
import { type SourceOptions, sourceOf } from './source-options.js'

export interface JudgedOptions extends Omit<SourceOptions, 'config'> {
  readonly config?: ConfigFiles
  readonly roles?: readonly string[]
  readonly anonymous?: string
}

/** A catalog with its security facts, and what is to be judged of it. */
export interface Judged {
  readonly catalog: Catalog
  readonly options: AuditOptions
  /** the project's configuration, where it was read */
  readonly configuration: CatalogSource['configuration'] | null
  /** the file that it is about, a server's or a project's configuration or a stored catalog; null: a database alone */
  readonly file: string | null
}

/**
 * Reads what a judging command is about. What the command line does not say, the server's configuration says, and then the
 * project's.
 *
 * @throws UsageError, UnreachableError, and what `openCatalog` throws
 */
export async function openJudged({ config = {}, roles, ...given }: JudgedOptions): Promise<Judged> {
  const server = config.server === undefined ? null : readServerConfiguration(config.server, process.env)
  const source = await sourceOf(sourceOptions(given, config, server), roles)
  const catalog = await openCatalog({ ...source, security: true }, progressTo(process.stderr))
  if (catalog.security === undefined) {
    throw new UsageError(
      'This catalog lacks the facts that an audit needs: it was written by an older version. Write it again with `rolecast snapshot`.',
    )
  }
  const facts = source.configuration?.config.facts
  const usual = catalog.security.apiRoles.includes('anon') ? 'anon' : null
  return {
    catalog,
    options: {
      schemas: source.schemas,
      authenticator: source.authenticator ?? null,
      anonymous: given.anonymous ?? (server === null ? usual : server.facts.dbAnonRole),
      ...(roles && { roles }),
      ...(facts && { facts }),
      ...(server && { server: server.facts }),
    },
    configuration: source.configuration ?? null,
    file: config.server ?? source.configuration?.file ?? given.catalog ?? null,
  }
}

/** The project's configuration is asked only where it is named, or the server's does not say enough. */
export function sourceOptions(
  given: Omit<SourceOptions, 'config'>,
  { project }: ConfigFiles,
  server: ServerConfiguration | null,
): SourceOptions {
  if (server === null) return { ...given, ...(project !== undefined && { config: project }) }
  const authenticator = given.authenticator ?? server.authenticator ?? undefined
  const isDatabaseSaid = given.db !== undefined || given.catalog !== undefined || project !== undefined
  return {
    ...given,
    ...(authenticator !== undefined && { authenticator }),
    ...(project !== undefined && { config: project }),
    schemas: given.schemas ?? [...server.schemas],
    ...(!isDatabaseSaid && server.uri !== null && { db: server.uri }),
  }
}
