/** A server cannot listen at its place. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  /** Node's code: EADDRINUSE, EACCES */
  readonly code: string | undefined

  constructor(what: 'API' | 'admin server', place: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException
    const reason = code === 'EADDRINUSE' ? 'something else listens there already' : message
    super(`Cannot listen on ${place} for the ${what}: ${reason} (${code ?? 'unknown error'}).`, { cause })
    this.code = code
  }
}
