/** The connection string, or what it refers to, cannot be used. The message never repeats the string: it may hold a password. */
export class ConnectionStringError extends Error {
  override readonly name = 'ConnectionStringError'
}

/** A server did not answer in time. */
export class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError'
  readonly code = 'ETIMEDOUT'

  constructor(milliseconds: number) {
    super(`The server did not answer within ${milliseconds / 1000} s.`)
  }
}

/** The server is reached, but not as the connection string demands: no TLS, another way to log in, another kind of server. */
export class ConnectionRefusedError extends Error {
  override readonly name = 'ConnectionRefusedError'
}

/** The connection was given up: the server has stopped answering on it. */
export class DeadConnectionError extends Error {
  override readonly name = 'DeadConnectionError'

  constructor() {
    super('The connection to the server is dead: nothing has come back on it.')
  }
}
