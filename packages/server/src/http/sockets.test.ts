import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeServer, listenOnFile } from './sockets.js'

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
