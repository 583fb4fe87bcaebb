import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Address, PortTaken } from './dev-server.js'

/**
 * Looks whether a server could listen, before anything is started for it.
 *
 * @throws PortTaken
 */
export async function freeOrRefuse({ host, port }: Address): Promise<void> {
  const probe = createServer()
  try {
    await once(probe.listen(port, host), 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'EADDRINUSE' ? 'something else listens there already' : message
    throw new PortTaken(`Cannot serve at ${host}:${port}: ${reason}. --port takes another port.`, { cause: error })
  }
  probe.close()
  await once(probe, 'close')
}
