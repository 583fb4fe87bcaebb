import { extname } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../errors.js'
import { withDatabaseOptions } from './source-options.js'

/** What `--config` named: at most one of each kind. */
export interface ConfigFiles {
  /** rolecast.config.ts and the like */
  readonly project?: string
  /** postgrest.conf and the like */
  readonly server?: string
}

/** A project's configuration is a program or JSON. Everything else is a server's, whatever it is called. */
const projectExtensions: ReadonlySet<string> = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'])

/** Options of commands that judge a database and the server before it. */
export function withJudgedOptions(command: Command): Command {
  return withConfigFiles(
    withDatabaseOptions(command).option(
      '--anonymous <role>',
      "the role of requests without a token (default: the server's db-anon-role, or anon)",
    ),
  )
}

/** `--config`, which may be given twice, once of each kind. */
export function withConfigFiles(command: Command): Command {
  return command.option(
    '--config <file>',
    "a file that ends in .ts, .js or .json is the project's configuration (default: rolecast.config.ts in this folder); any other is the server's, such as postgrest.conf. Give it twice to have both",
    configFile,
  )
}

/** @throws UsageError for two of one kind */
export function configFile(file: string, before: ConfigFiles = {}): ConfigFiles {
  const kind = projectExtensions.has(extname(file).toLowerCase()) ? 'project' : 'server'
  const other = before[kind]
  if (other !== undefined) {
    throw new UsageError(`--config names two configurations of the ${kind}: ${other} and ${file}. Give one.`)
  }
  return { ...before, [kind]: file }
}
