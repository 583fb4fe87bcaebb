import { openClient } from '@rolecast/connect'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openProxy, type TcpProxy } from '../../../connect/src/testing.fixture.js'
import { ConnectionLostError } from './errors.js'
import { Pool } from './pool.js'

let postgres: EmbeddedPostgres
let proxy: TcpProxy
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  proxy = await openProxy(postgres.port)
})
afterAll(async () => {
  proxy?.close()
  await postgres?.stop()
})

test('a pool whose connections died without a word recovers, and slow statements are left alone', async () => {
  const uri = `postgresql://postgres@127.0.0.1:${proxy.port}/postgres`
  const pool = new Pool(() => openClient(uri, { applicationName: 'test' }), {
    size: 3,
    acquisitionTimeoutMilliseconds: 5_000,
    maximumIdleMilliseconds: 60_000,
    maximumLifetimeMilliseconds: 60_000,
    silenceMilliseconds: 300,
    maximumWaiting: 10,
    prepare: () => true,
    maximumPrepared: 10,
  })
  const run = (text: string) => pool.withConnection((connection) => connection.run([{ text, values: [] }]), null)
  try {
    expect(await Promise.all([run('SELECT pg_sleep(1.2)'), run('SELECT 1'), run('SELECT 2')])).toHaveLength(3)
    proxy.silence({ takesNew: true })
    const lost = await Promise.allSettled([run('SELECT 1'), run('SELECT 2')])
    expect(lost.map((one) => one.status === 'rejected' && one.reason)).toEqual([
      expect.any(ConnectionLostError),
      expect.any(ConnectionLostError),
    ])
    await vi.waitFor(async () => expect(await run('SELECT 3')).toEqual([[['3']]]))
  } finally {
    await pool.close()
  }
})
