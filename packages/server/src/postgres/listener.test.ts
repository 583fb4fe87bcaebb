import { connect, createServer, type Server } from 'node:net'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadConfig } from '../config/load-config.js'
import { DatabaseListener, type Reloads } from './listener.js'
import { MessageReader } from './wire/message-reader.js'

let postgres: EmbeddedPostgres
let muffler: Server
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  muffler = await withoutNotifications(postgres.port)
})
afterAll(async () => {
  muffler?.close()
  await postgres?.stop()
})

const notification = 0x41

/** What stands before PostgreSQL and passes on everything but notifications, as a pooler does. */
async function withoutNotifications(port: number): Promise<Server> {
  const server = createServer((client) => {
    const database = connect(port, '127.0.0.1')
    const reader = new MessageReader({
      message: (type, buffer, start, end) => {
        if (type !== notification) client.write(Buffer.from(buffer.subarray(start - 5, end)))
      },
      begin: () => null,
    })
    database.on('data', (chunk) => reader.read(chunk))
    client.pipe(database)
    for (const socket of [client, database]) socket.on('error', () => {}).on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function listenerTo(uri: string): { listener: DatabaseListener; reloads: Reloads } {
  const reloads: Reloads = {
    schema: vi.fn(),
    config: vi.fn(),
    both: vi.fn(),
    failed: vi.fn(),
    notificationsLost: vi.fn(),
  }
  const { config } = loadConfig({ env: {}, overrides: { dbUri: uri } })
  return { listener: new DatabaseListener(config, reloads, 300), reloads }
}

test('a notification of its own arrives', async () => {
  const { listener, reloads } = listenerTo(postgres.uri)
  await listener.start()
  await vi.waitFor(() => expect(listener.notificationsArrive).toBe(true), { timeout: 5_000 })
  await listener.close()
  expect(
    [reloads.schema, reloads.notificationsLost, reloads.failed].flatMap((each) => vi.mocked(each).mock.calls),
  ).toEqual([])
})

test('where none arrives, it is said once', async () => {
  const { port } = muffler.address() as { port: number }
  const { listener, reloads } = listenerTo(`${postgres.uri.replace(`:${postgres.port}`, `:${port}`)}?sslmode=disable`)
  await listener.start()
  await vi.waitFor(() => expect(reloads.notificationsLost).toHaveBeenCalled(), { timeout: 5_000 })
  expect(listener.notificationsArrive).toBe(false)
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(reloads.notificationsLost).toHaveBeenCalledTimes(1)
  await listener.close()
})
