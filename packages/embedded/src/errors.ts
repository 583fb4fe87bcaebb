/** The embedded PostgreSQL could not be prepared or started. The message says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

/** PostgreSQL refused a statement of an SQL file. Nothing of that file has been applied. */
export class SqlFileError extends Error {
  override readonly name = 'SqlFileError'

  constructor(
    readonly file: string,
    /** 1-based; undefined where PostgreSQL gives no position */
    readonly line: number | undefined,
    /** SQLSTATE */
    readonly code: string | undefined,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${reason}`, options)
  }
}
