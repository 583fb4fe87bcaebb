import { dirname, resolve } from 'node:path'
import { ConnectionStringError, connectionSettings } from '@rolecast/connect'
import { type Config, ConfigError, ConnectionFailedError, readConfig } from '@rolecast/server'
import type { LoadedConfig } from '../config/load-config.js'
import { UnreachableError, UsageError } from '../errors.js'
import { chooseTargets } from '../targets/choose-targets.js'
import { reasonOf } from './reason.js'

/** What the command line says beside the file. */
export interface PostgrestOptions {
  readonly out?: string
  readonly roles?: readonly string[]
}

/**
 * What a PostgREST configuration says of a project, as PostgREST reads it: the file, PGRST_* variables, settings of the
 * connecting role, and `db-pre-config`.
 *
 * @param file path of a configuration in the format of postgrest.conf
 * @throws UsageError for a configuration that no server would take, or that does not say enough
 * @throws UnreachableError
 */
export async function postgrestProject(file: string, { out, roles }: PostgrestOptions): Promise<LoadedConfig> {
  if (out === undefined) throw new UsageError('Say where to write: --postgrest FILE --out DIR.')
  const path = resolve(process.cwd(), file)
  const server = await read(path)
  const named = roles ?? (server.dbAnonRole === null ? [] : [server.dbAnonRole])
  if (named.length === 0) throw new UsageError(`${file} has no db-anon-role: say for which roles, with --roles a,b.`)
  return {
    config: {
      database: { uri: server.dbUri },
      schemas: [...server.dbSchemas],
      extraSearchPath: [...server.dbExtraSearchPath],
      roles: [...named],
      authenticator: connectionSettings(server.dbUri).user,
      out: resolve(process.cwd(), out),
    },
    targets: await chooseTargets(['client'], {}, path),
    project: undefined,
    file: path,
    folder: dirname(path),
  }
}

async function read(file: string): Promise<Config> {
  try {
    return (await readConfig({ file, env: process.env, overrides: {} })).config
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error })
    if (error instanceof ConnectionStringError) throw new UsageError(`${file}: db-uri: ${error.message}.`)
    if (error instanceof ConnectionFailedError) {
      throw new UnreachableError(`Cannot use the database of db-uri: ${reasonOf(error.cause ?? error)}`, {
        cause: error,
      })
    }
    throw error
  }
}
