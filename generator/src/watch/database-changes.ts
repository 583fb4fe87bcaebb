import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionStringError, openClient, watchSilence } from '@rolecast/connect'
import type pg from 'pg'
import { UsageError } from '../errors.js'
import { reasonOf } from '../input/reason.js'
import type { Progress } from '../progress.js'
import { channel, fingerprintStatement } from './fingerprint.js'

/** Milliseconds between two looks at the catalogs. A notification of the event trigger makes the next one come at once. */
const between = 500
/** Milliseconds before a database that went away is tried again. */
const retryAfter = 1000

/**
 * Yields when it watches, then whenever the schema of a database has changed since the last time, and once it is back after it
 * went away. It waits for a database that is not there, and says so once.
 *
 * @throws UsageError for a connection string that cannot be followed
 */
export async function* databaseChanges(uri: string, progress: Progress, signal: AbortSignal): AsyncGenerator<void> {
  let last: string | undefined // undefined: nothing was read yet
  let isAway = false
  while (!signal.aborted) {
    try {
      const client = await openClient(uri, { applicationName: 'rolecast watch' })
      const look = looks(client, signal)
      try {
        for await (const fingerprint of look) {
          const isNews = isAway || fingerprint !== last
          if (isAway) progress.say('the database is back')
          isAway = false
          last = fingerprint
          if (isNews) yield
        }
      } finally {
        await client.end().catch(() => {})
      }
    } catch (error) {
      if (error instanceof ConnectionStringError) throw new UsageError(error.message, { cause: error })
      if (signal.aborted) return
      if (!isAway) progress.say(`the database is away: ${reasonOf(error)} Waiting for it.`)
      isAway = true
      await delay(retryAfter, undefined, { signal }).catch(() => {})
    }
  }
}

async function* looks(client: pg.Client, signal: AbortSignal): AsyncGenerator<string> {
  let lost: Error | undefined
  let wake = () => {}
  client.on('error', (error) => {
    lost ??= error
    wake()
  })
  client.on('notification', () => wake())
  const endWatch = watchSilence(client)
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  try {
    await client.query(`LISTEN ${channel}`)
    while (!signal.aborted) {
      const { rows } = await client.query<{ fingerprint: string }>(fingerprintStatement)
      yield rows[0]?.fingerprint ?? ''
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, between)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (signal.aborted || lost !== undefined) wake()
      })
      if (lost !== undefined) throw lost
    }
  } finally {
    endWatch()
    signal.removeEventListener('abort', onAbort)
  }
}
