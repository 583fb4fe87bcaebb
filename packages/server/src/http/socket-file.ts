import cluster from 'node:cluster'
import { chmod, lstat, rename, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { bound } from './bound.js'

/**
 * Listens on a socket in the file system, in place of one that was left there, or that another server still listens on: that
 * one then answers what it has taken, and no new requests. The socket has its mode before it has its name.
 * @throws Error EADDRINUSE where something else has the name: it stays
 */
export async function listenOnFile(server: Server, path: string, mode: number): Promise<void> {
  const there = await lstat(path).catch(() => null)
  if (there !== null && !there.isSocket())
    throw Object.assign(new Error(`${path} is there and is no socket`), { code: 'EADDRINUSE' })
  // The workers of one first process share a socket, so they must name it alike.
  const temporary = `${path}.${cluster.isWorker ? process.ppid : process.pid}`
  await rm(temporary, { force: true }).catch(() => {})
  await bound(server, () => server.listen(temporary))
  await moved(temporary, path, mode)
  const { ino, birthtimeMs } = await lstat(path)
  server.once('close', () => void removeIfOurs(path, { ino, birthtimeMs }))
}

/** Of workers that share the socket, one moves it. */
async function moved(temporary: string, path: string, mode: number): Promise<void> {
  try {
    await chmod(temporary, mode)
    await rename(temporary, path)
  } catch (error) {
    if (!cluster.isWorker || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function removeIfOurs(path: string, ours: { ino: number; birthtimeMs: number }): Promise<void> {
  const there = await lstat(path).catch(() => null)
  if (there?.ino === ours.ino && there.birthtimeMs === ours.birthtimeMs) await rm(path, { force: true })
}
