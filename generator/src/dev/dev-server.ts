import { UnsupportedVersionError } from '@rolecast/catalog'
import {
  ConfigError,
  ConnectionFailedError,
  createServer,
  KeySetError,
  ListenError,
  type Server,
  type ServerOptions,
} from '@rolecast/server'
import { UnreachableError, UsageError } from '../errors.js'
import { reasonOf } from '../input/reason.js'

/** Where a server listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/**
 * A server that has read its schema and does not listen yet.
 *
 * @throws UsageError for a configuration that cannot be followed, UnreachableError
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  try {
    return await createServer(options)
  } catch (error) {
    if (error instanceof ConfigError || error instanceof ListenError) {
      throw new UsageError(error.message, { cause: error })
    }
    if (error instanceof KeySetError) throw new UnreachableError(error.message, { cause: error })
    if (error instanceof ConnectionFailedError || error instanceof UnsupportedVersionError) {
      throw new UnreachableError(`The server cannot use the database: ${reasonOf(error.cause ?? error)}`, {
        cause: error,
      })
    }
    throw error
  }
}

/** @throws PortTaken where something else listens there, or the port may not be used */
export async function listenAt(server: Server, { host, port }: Address): Promise<number> {
  try {
    return await server.listen(port, host)
  } catch (error) {
    if (!(error instanceof ListenError)) throw error
    throw new PortTaken(`${error.message} --port takes another port.`, { cause: error })
  }
}

/** A development server cannot listen at its place: no change of files mends that. */
export class PortTaken extends UsageError {
  override readonly name: string = 'PortTaken'
}
