import type { Socket } from 'node:net'
import pg from 'pg'
import { DeadConnectionError } from './errors.js'
import { openRoute, routeOf } from './open-client.js'

/** Milliseconds that a server has to answer whether it still works for a client. */
const patience = 5_000

const question = `
  SELECT pg_catalog.pg_backend_pid() AS own,
         (SELECT state FROM pg_catalog.pg_stat_activity WHERE pid = $1) AS state,
         EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE pid = $1) AS is_there`

/**
 * Asks over a second connection whether a server still works for a client that has heard nothing for a while. A statement may
 * take as long as it likes; one that has ended, or never arrived, or whose session is gone, gets no answer any more.
 */
export async function isStillServed(client: pg.Client): Promise<boolean> {
  const { processID } = client as unknown as { processID: number }
  let probe: pg.Client
  try {
    probe = await openRoute(routeOf(client), 'rolecast probe', patience)
  } catch (error) {
    return error instanceof pg.DatabaseError && !isStarting(error) // it is there, though it does not take this one
  }
  const timer = setTimeout(() => socketOf(probe).destroy(), patience)
  try {
    const { rows } = await probe.query<{ own: number; state: string | null; is_there: boolean }>(question, [processID])
    const { own, state = null, is_there: isThere = true } = rows[0] ?? {}
    // Behind a pooler, the numbers of sessions are its own: that it answers must do.
    if (own !== (probe as unknown as { processID: number }).processID) return true
    return isThere && !state?.startsWith('idle')
  } catch {
    return false
  } finally {
    clearTimeout(timer)
    probe.end().catch(() => {})
  }
}

/** cannot_connect_now: a server that was started anew knows nothing of older connections */
function isStarting({ code }: pg.DatabaseError): boolean {
  return code === '57P03'
}

/**
 * Ends a client's connection with a DeadConnectionError when a query stays without an answer and the server does not work on it.
 * @returns ends the watch
 */
export function watchSilence(client: pg.Client): () => void {
  const { silenceMilliseconds } = routeOf(client).settings
  const socket = socketOf(client)
  let seen = -1
  let isAsking = false
  const look = async () => {
    const { bytesRead } = socket
    const isSilent = bytesRead === seen && !isIdle(client)
    seen = bytesRead
    if (!isSilent || isAsking) return
    isAsking = true
    const isServed = await isStillServed(client)
    isAsking = false
    if (!isServed && socket.bytesRead === bytesRead && !isIdle(client)) socket.destroy(new DeadConnectionError())
  }
  const timer = setInterval(() => void look(), silenceMilliseconds)
  timer.unref()
  return () => clearInterval(timer)
}

function isIdle(client: pg.Client): boolean {
  return (client as unknown as { readyForQuery: boolean }).readyForQuery
}

/** pg's types leave out what its client is connected by. */
export function socketOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}
