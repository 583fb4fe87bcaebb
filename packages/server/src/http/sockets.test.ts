import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bound } from './bound.js'
import { portOf } from './listen.js'
import { listenOnFile } from './socket-file.js'
import { addressOf, closeServer } from './sockets.js'

test('a socket takes the place of one that was left, and of nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rolecast-socket-'))
  const path = join(folder, 'socket')
  const [first, second, third] = [createServer(), createServer(), createServer()]
  await listenOnFile(first, path, 0o600)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await listenOnFile(second, path, 0o660)
  const file = join(folder, 'file')
  await writeFile(file, 'precious')
  await expect(listenOnFile(third, file, 0o660)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  expect(await readFile(file, 'utf8')).toBe('precious')
  await Promise.all([closeServer(first, 0), closeServer(second, 0)])
  await rm(folder, { recursive: true })
})

test('!6 takes no connection over IPv4', async () => {
  expect(addressOf('!6')).toEqual({ host: '::', ipv6Only: true })
  expect(addressOf('api.example')).toEqual({ host: 'api.example' })
  const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ family }) => family === 'IPv6'))
  if (!hasIpv6) return
  const server = createServer()
  await bound(server, () => server.listen({ port: 0, ...addressOf('!6') }))
  const port = portOf(server)
  expect(await connects(port, '::1')).toBe(true)
  expect(await connects(port, '127.0.0.1')).toBe(false)
  await closeServer(server, 0)
})

function connects(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    const end = (isConnected: boolean) => () => {
      socket.destroy()
      resolve(isConnected)
    }
    socket.on('connect', end(true))
    socket.on('error', end(false))
  })
}
