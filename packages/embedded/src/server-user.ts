import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './errors.js'

export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root, so root runs it as an account that every system has; anyone else as themselves
 * (undefined).
 */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const uid = await idOf('-u', name)
    const gid = await idOf('-g', name)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL cannot run as root, and this system has neither a user "postgres" nor a user "nobody" to run it as.',
  )
}

async function idOf(flag: string, name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('id', [flag, name])
    return Number(stdout)
  } catch {
    return undefined // id exits with 1 for a user that is not there
  }
}
