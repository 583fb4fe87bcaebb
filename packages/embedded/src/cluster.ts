import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, exists } from './binaries.js'
import { cacheFolder, stagingFolder } from './cache-folder.js'
import { EmbeddedPostgresError } from './errors.js'
import type { ServerUser } from './server-user.js'

const command = promisify(execFile)

/** A started server accepts passwords over TCP, and its own socket folder, which is closed to others, without. */
const hostBasedAuthentication = {
  password: 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n',
  trust: 'local all all trust\nhost all all 127.0.0.1/32 trust\nhost all all ::1/128 trust\n',
}
export type Authentication = keyof typeof hostBasedAuthentication

export const hostBasedAuthenticationOf = (kind: Authentication): string => hostBasedAuthentication[kind]

/**
 * Makes a database cluster in `dataDir`. initdb takes a second, so it runs once a version and machine; later
 * clusters are copies of what it made.
 *
 * @param dataDir an empty folder
 * @param superuser the role that initdb makes
 */
export async function makeCluster(
  binaries: Binaries,
  dataDir: string,
  { user, superuser }: { readonly user: ServerUser | undefined; readonly superuser: string },
): Promise<void> {
  const name = `cluster-${binaries.packageVersion}-${user?.uid ?? 'self'}`
  const template = join(await cacheFolder(), superuser === 'postgres' ? name : `${name}-${superuser}`)
  if (!(await exists(template))) await makeTemplate(binaries, template, user, superuser)
  // A thousand small files: the system's own commands are several times faster than one call a file from here.
  await command('cp', ['-R', `${template}/.`, dataDir])
  if (user) await command('chown', ['-R', `${user.uid}:${user.gid}`, dataDir])
  await chmod(dataDir, 0o700)
}

async function makeTemplate(
  binaries: Binaries,
  template: string,
  user: ServerUser | undefined,
  superuser: string,
): Promise<void> {
  const staging = await stagingFolder(dirname(template), 'cluster')
  const data = join(staging, 'data')
  await mkdir(data, { mode: 0o700 })
  if (user) await Promise.all([chmod(staging, 0o711), chown(data, user.uid, user.gid)])
  const options = [
    '--encoding=UTF8',
    '--locale=C',
    `--username=${superuser}`,
    '--auth=trust',
    '--no-sync',
    '--no-instructions',
  ]
  try {
    await command(join(binaries.home, 'bin', 'initdb'), [...options, '--pgdata', data], {
      cwd: staging,
      env: environment(),
      ...user,
    })
    // The copies are handed to the server's user one by one; the template stays with its maker.
    await rename(data, template)
  } catch (error) {
    if (!(await exists(template))) {
      const output = (error as { stderr?: string }).stderr?.trim() || (error as Error).message
      throw new EmbeddedPostgresError(`initdb failed: ${output}`, { cause: error })
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** What PostgreSQL's programs may see of this process's environment: settings such as PGPORT must not reach them. */
export function environment(): NodeJS.ProcessEnv {
  const { PATH, TZ } = process.env
  return { PATH, TZ, LC_ALL: 'C' }
}
