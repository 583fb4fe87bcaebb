import type pg from 'pg'

/** PostgreSQL refused or failed. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: string
  readonly detail: string | undefined
  readonly hint: string | undefined

  constructor(error: pg.DatabaseError) {
    super(error.message)
    this.code = error.code ?? 'XX000'
    this.detail = error.detail
    this.hint = error.hint
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

/** Every connection stayed in use for too long, or too many wait already. */
export class AcquisitionTimeoutError extends Error {
  override readonly name = 'AcquisitionTimeoutError'

  constructor() {
    super('No connection of the pool became free in time.')
  }
}
