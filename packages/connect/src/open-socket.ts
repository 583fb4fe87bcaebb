import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import * as tls from 'node:tls'
import { ConnectionRefusedError, ConnectTimeoutError } from './errors.js'
import type { ConnectionSettings, ServerAddress } from './settings.js'
import { type Encryption, handshakeOptions } from './tls.js'

/** The message by which a client asks whether the server speaks TLS ("SSLRequest" in PostgreSQL's protocol). */
const tlsRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/**
 * A connection to a server on which nothing has been said yet, encrypted as it should be.
 * @param timeout milliseconds; 0: as long as it takes
 * @throws ConnectTimeoutError, ConnectionRefusedError, ConnectionStringError, and Error of the network or of TLS
 */
export async function openSocket(
  settings: ConnectionSettings,
  server: ServerAddress,
  encryption: Encryption,
  timeout: number,
): Promise<Socket> {
  const { address, port } = server
  const isFile = address.startsWith('/')
  const handshake = encryption === 'plain' ? null : handshakeOptions(settings.tls, server.host)
  const raw = isFile ? connectSocket(`${address}/.s.PGSQL.${port}`) : connectSocket(port, address)
  const timer = timeout === 0 ? null : setTimeout(() => raw.destroy(new ConnectTimeoutError(timeout)), timeout)
  try {
    await once(raw, 'connect')
    if (!isFile && settings.keepAliveMilliseconds !== null) raw.setKeepAlive(true, settings.keepAliveMilliseconds)
    raw.setNoDelay(true)
    if (handshake === null) return raw
    if (!settings.tls.isDirect && !(await offersTls(raw))) {
      if (encryption === 'tls-if-offered') return raw
      throw new ConnectionRefusedError('The server does not support TLS.')
    }
    return await encrypted(raw, handshake, settings.tls.isDirect)
  } catch (error) {
    raw.destroy()
    throw error
  } finally {
    if (timer !== null) clearTimeout(timer)
  }
}

async function offersTls(raw: Socket): Promise<boolean> {
  raw.write(tlsRequest)
  const answer = (await Promise.race([once(raw, 'data'), once(raw, 'close').then(() => [null])]))[0] as Buffer | null
  raw.pause()
  const letter = answer?.toString('latin1')
  if (letter === 'S') return true
  if (letter === 'N') return false
  // More than the one letter could have been put there by somebody in between.
  throw new ConnectionRefusedError(
    'The server gave no answer to the question whether it supports TLS. Is it PostgreSQL?',
  )
}

async function encrypted(raw: Socket, handshake: tls.ConnectionOptions, isDirect: boolean): Promise<Socket> {
  const socket = tls.connect({ ...handshake, socket: raw })
  const lost = (error: Error) => socket.destroy(error)
  raw.on('error', lost)
  await once(socket, 'secureConnect')
  if (isDirect && socket.alpnProtocol !== 'postgresql') {
    socket.destroy()
    throw new ConnectionRefusedError('The server does not support sslnegotiation=direct.')
  }
  return socket
}
