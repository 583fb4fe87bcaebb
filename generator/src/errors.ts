import { CatalogError } from '@rolecast/catalog'
import { EmbeddedPostgresError, SqlFileError } from '@rolecast/embedded'

/** Wrong use: options or a configuration that cannot be followed. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** The database cannot be reached, or refuses us. The message never holds a password. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** A check did its work and found something. The findings have been printed already. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed'
}

/** A process that this one started ended with this exit code, and has said why. */
export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed'

  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message)
  }
}

/** What the process ends with, where 0 is success. */
export const exitCodes = { found: 1, usage: 2, unreachable: 3, internal: 70 } as const

/** The exit code that an error means; `internal` for one that nobody foresaw. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CheckFailed) return exitCodes.found
  if (error instanceof UsageError || error instanceof SqlFileError || error instanceof CatalogError)
    return exitCodes.usage
  if (error instanceof UnreachableError || error instanceof EmbeddedPostgresError) return exitCodes.unreachable
  return error instanceof ProcessFailed ? error.exitCode : exitCodes.internal
}
