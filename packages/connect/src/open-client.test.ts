import { chmodSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cancelWorkOf } from './cancel.js'
import { openClient } from './open-client.js'
import { isStillServed, watchSilence } from './silence.js'
import { type Certificates, configure, makeCertificates, openProxy, type TcpProxy } from './testing.fixture.js'

let postgres: EmbeddedPostgres
let certificates: Certificates
const open: { close(): void }[] = []
const clients: pg.Client[] = []
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  const made = makeCertificates('localhost')
  certificates = made
  await configure(postgres, {
    ...made,
    lines: [
      'local all all trust',
      'hostssl all only_tls 127.0.0.1/32 trust',
      'hostnossl all only_plain 127.0.0.1/32 trust',
      'host all scram 127.0.0.1/32 scram-sha-256',
      'host all clear 127.0.0.1/32 password',
      'host all postgres 127.0.0.1/32 trust',
    ],
  })
  const owner = await openClient(postgres.uri, { applicationName: 'owner' })
  await owner.query(`CREATE ROLE only_tls LOGIN; CREATE ROLE only_plain LOGIN;
    CREATE ROLE scram LOGIN PASSWORD 'sesame'; CREATE ROLE clear LOGIN PASSWORD 'sesame'`)
  await owner.end()
})
afterEach(async () => {
  for (const each of open.splice(0)) each.close()
  await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})))
})
afterAll(() => postgres?.stop())

const uri = (user: string, parameters = '', port = postgres.port) =>
  `postgresql://${user}@localhost:${port}/postgres?hostaddr=127.0.0.1&${parameters}`

async function connect(text: string): Promise<pg.Client> {
  const client = await openClient(text, { applicationName: 'rolecast test' })
  clients.push(client)
  return client
}

async function isEncrypted(text: string): Promise<boolean> {
  const client = await connect(text)
  const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
  return rows[0].ssl
}

async function proxy(): Promise<TcpProxy> {
  const opened = await openProxy(postgres.port)
  open.push(opened)
  return opened
}

describe('sslmode', () => {
  test.each([
    ['postgres', '', true],
    ['postgres', 'sslmode=disable', false],
    ['postgres', 'sslmode=allow', false],
    ['postgres', 'sslmode=require', true],
    ['only_plain', '', false],
    ['only_tls', 'sslmode=allow', true],
    ['only_tls', 'sslmode=prefer', true],
    ['postgres', 'sslmode=verify-ca&sslrootcert=ROOT', true],
    ['postgres', 'sslmode=verify-full&sslrootcert=ROOT', true],
    ['postgres', 'sslmode=require&sslrootcert=ROOT', true],
    // A certificate that is not trusted, and a server that may go without.
    ['postgres', 'sslmode=prefer&sslrootcert=OTHER', false],
  ])('%s with %s', async (user, parameters, encrypted) => {
    expect(await isEncrypted(uri(user, withFiles(parameters)))).toBe(encrypted)
  })

  test.each([
    ['only_plain', 'sslmode=require', /no pg_hba.conf entry/],
    ['only_tls', 'sslmode=disable', /no pg_hba.conf entry/],
    ['postgres', 'sslmode=require&sslrootcert=OTHER', /certificate/],
    ['postgres', 'sslmode=verify-ca&sslrootcert=OTHER', /certificate/],
    ['postgres', 'sslmode=verify-full&sslrootcert=/nowhere', /\/nowhere cannot be read \(ENOENT\)/],
  ])('%s with %s fails', async (user, parameters, message) => {
    await expect(connect(uri(user, withFiles(parameters)))).rejects.toThrow(message)
  })

  test('verify-full looks at the name of the host, verify-ca does not', async () => {
    const byAddress = (mode: string) =>
      `postgresql://postgres@127.0.0.1:${postgres.port}/postgres?sslmode=${mode}&sslrootcert=${certificates.root}`
    expect(await isEncrypted(byAddress('verify-ca'))).toBe(true)
    await expect(connect(byAddress('verify-full'))).rejects.toThrow(/does not match/)
  })

  test('sslnegotiation=direct speaks TLS at once', async () => {
    expect(await isEncrypted(uri('postgres', 'sslmode=require&sslnegotiation=direct'))).toBe(true)
  })

  const withFiles = (parameters: string) =>
    parameters.replace('ROOT', certificates.root).replace('OTHER', certificates.otherRoot)
})

describe('logging in', () => {
  test('with a password from the string, or from a file', async () => {
    await connect(uri('scram:sesame'))
    const file = join(certificates.folder, 'passwords')
    writeFileSync(file, 'localhost:*:*:scram:sesame\n')
    chmodSync(file, 0o600)
    await connect(uri('scram', `passfile=${file}`))
    await expect(connect(uri('scram', 'passfile=/nowhere'))).rejects.toThrow(/asks for a password, and there is none/)
  })

  test.each([
    ['scram:sesame', 'channel_binding=require', null],
    ['scram:sesame', 'channel_binding=require&sslmode=disable', /channel_binding=require/],
    ['postgres', 'channel_binding=require', /which channel_binding=require demands/],
    ['clear:sesame', '', null],
    ['clear:sesame', 'require_auth=scram-sha-256', /method password, which require_auth forbids/],
    ['clear:sesame', 'require_auth=!password', /method password/],
    ['scram:sesame', 'require_auth=scram-sha-256', null],
    ['postgres', 'require_auth=scram-sha-256', /method none/],
    ['postgres', 'require_auth=none,scram-sha-256', null],
  ])('as %s with %s', async (user, parameters, message) => {
    const connecting = connect(uri(user, parameters))
    if (message === null) await connecting
    else await expect(connecting).rejects.toThrow(message)
  })

  test('a server that may not have the password does not get it', async () => {
    let received = ''
    const thief = await listen((data, answer) => {
      received += data.toString('latin1')
      // AuthenticationCleartextPassword
      if (received.includes('user')) answer(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]))
    })
    const text = `postgresql://a:sesame@127.0.0.1:${thief}/x?sslmode=disable&require_auth=scram-sha-256`
    await expect(connect(text)).rejects.toThrow(/require_auth/)
    await delay(50)
    expect(received).not.toContain('sesame')
  })

  test('the name of the application is the caller’s unless the string says one', async () => {
    const name = async (text: string) =>
      (await (await connect(text)).query(`SELECT current_setting('application_name') AS name`)).rows[0].name
    expect(await name(uri('postgres'))).toBe('rolecast test')
    expect(await name(uri('postgres', 'application_name=till'))).toBe('till')
  })

  test('Node’s warnings do not reach users', async () => {
    const warned: unknown[] = []
    const listener = (warning: unknown) => void warned.push(warning)
    process.on('warning', listener)
    await connect(uri('scram:sesame', 'sslmode=require'))
    await delay(20)
    process.off('warning', listener)
    expect(warned).toEqual([])
  })
})

describe('servers that do not answer', () => {
  test('are left after the time to wait, and tried last for a while', async () => {
    const silent = await listen(() => {})
    const text = `postgresql://postgres@127.0.0.1:${silent},127.0.0.1:${postgres.port}/postgres?connect_timeout=1`
    const first = await timed(() => connect(text))
    expect(first).toBeGreaterThan(900)
    expect(first).toBeLessThan(2_500)
    expect(await timed(() => connect(text))).toBeLessThan(700)
  })

  test('are an error in words when they are the only one', async () => {
    const silent = await listen(() => {})
    const text = `postgresql://postgres@127.0.0.1:${silent}/postgres?connect_timeout=1`
    await expect(connect(text)).rejects.toThrow('The server did not answer within 1 s.')
  })

  test('that speak something else are told', async () => {
    const web = await listen((_, answer) => answer(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')))
    await expect(connect(`postgresql://postgres@127.0.0.1:${web}/postgres`)).rejects.toThrow(/Is it PostgreSQL/)
  })

  test('any more: the query fails, and a slow one on a good connection does not', async () => {
    const between = await proxy()
    const client = await connect(uri('postgres', 'tcp_user_timeout=200', between.port))
    const end = watchSilence(client)
    try {
      expect((await client.query('SELECT pg_sleep(0.9)')).rowCount).toBe(1)
      await delay(500)
      expect((await client.query('SELECT 1')).rowCount).toBe(1)
      between.silence({ takesNew: true })
      await expect(client.query('SELECT 1')).rejects.toThrow(/is dead/)
    } finally {
      end()
    }
  })

  test('any more are noticed when new connections fail, too', { timeout: 15_000 }, async () => {
    const between = await proxy()
    const client = await connect(uri('postgres', 'sslmode=disable', between.port))
    between.silence()
    expect(await isStillServed(client)).toBe(false)
  })
})

test('what runs is cancelled, with TLS and without', async () => {
  for (const mode of ['require', 'disable']) {
    const client = await connect(uri('postgres', `sslmode=${mode}`))
    const slow = client.query('SELECT pg_sleep(20)')
    slow.catch(() => {})
    await delay(100)
    expect(await cancelWorkOf(client)).toBe(true)
    await expect(slow).rejects.toMatchObject({ code: '57014' })
  }
})

async function listen(onData: (data: Buffer, answer: (bytes: Buffer) => void) => void): Promise<number> {
  const server: Server = createServer((socket) => {
    open.push({ close: () => socket.destroy() })
    socket.on('error', () => {}).on('data', (data) => onData(data, (bytes) => socket.write(bytes)))
  })
  open.push({ close: () => server.close() })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
