import type { Row } from './wire/data-row.js'
import type { ErrorFields } from './wire/error-fields.js'

/** How the names of all statements begin that the server prepares. */
export const preparedPrefix = 'rolecast_'

/** PostgreSQL refused or failed. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  readonly routine: string | undefined

  /** @param completed rows of the statements before it in its batch, which were undone with it */
  constructor(
    { code, message, detail, hint, routine }: ErrorFields,
    readonly completed: readonly (readonly Row[])[] = [],
  ) {
    super(message)
    this.code = code
    this.detail = detail
    this.hint = hint
    this.routine = routine
  }
}

/**
 * A name of the server's own is not what it believes: something else took it (42P05), or took the statement away (26000).
 * A function may raise these codes, too; PostgreSQL's messages name the statement in every language.
 */
export function isAboutNames({ code, message }: DatabaseError): boolean {
  return (code === '26000' || code === '42P05') && message.includes(`"${preparedPrefix}`)
}

/** What the server has prepared is of no use on a connection: see `isAboutNames`; or the types behind it have changed (0A000). */
export function isAboutPreparation(error: DatabaseError): boolean {
  const { code, message } = error
  return isAboutNames(error) || (code === '0A000' && message.startsWith('cached plan must not change'))
}

/** The session was ended while it idled (57P05), just before its next statements came: none of them has run. */
export function endedWhileIdle({ code }: DatabaseError): boolean {
  return code === '57P05'
}

/** Nobody waits for the response any more. */
export class AbandonedError extends Error {
  override readonly name = 'AbandonedError'

  constructor() {
    super('The client left before its request was answered.')
  }
}

/** The connection ended while a request used it. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'

  constructor(cause?: Error) {
    super('The connection to the database was lost.', { cause })
  }
}

/** No connection could be opened. */
export class ConnectionFailedError extends Error {
  override readonly name = 'ConnectionFailedError'

  constructor(cause: unknown) {
    super('The database cannot be reached.', { cause })
  }
}

/** So many requests wait for a connection that one more is not let wait. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'

  constructor() {
    super('Too many requests wait for a connection of the pool.')
  }
}

/** As many answers go out row by row as may at a time. */
export class ExportsFullError extends Error {
  override readonly name = 'ExportsFullError'

  constructor() {
    super('Too many answers are sent row by row at the moment.')
  }
}

/** Every connection stayed in use for too long. */
export class AcquisitionTimeoutError extends Error {
  override readonly name = 'AcquisitionTimeoutError'

  constructor() {
    super('No connection of the pool became free in time.')
  }
}
