import { request } from 'node:http'
import type { Config } from '@rolecast/server'
import { CheckFailed, UsageError } from '../errors.js'

/** Milliseconds that the admin server has to answer. */
const patience = 10_000

/**
 * Asks the admin server of a running server whether it is ready, as a health check of a container does.
 * @throws UsageError where the configuration has no admin server
 * @throws CheckFailed where it is not ready, or not there; it has been told why
 */
export async function checkReady(config: Config, say: (line: string) => void): Promise<void> {
  const { adminServerHost, adminServerPort, adminServerUnixSocket: socketPath } = config
  if (socketPath === null && (adminServerPort === null || adminServerPort === 0)) {
    throw new UsageError('--ready asks the admin server: set admin-server-port, or admin-server-unix-socket.')
  }
  const host = loopbackOf(adminServerHost)
  const place = socketPath ?? `${host}:${adminServerPort}`
  const where = socketPath === null ? { host, port: adminServerPort ?? 0 } : { socketPath }
  const problem = await readinessProblem(where)
  if (problem === null) {
    say(`ready (${place})`)
    return
  }
  say(`not ready (${place}): ${problem}`)
  throw new CheckFailed(`The server is not ready: ${problem}`)
}

/** Servers that listen on any address are asked on this machine's own. */
function loopbackOf(host: string): string {
  if (['*', '*4', '!4', '0.0.0.0'].includes(host)) return '127.0.0.1'
  return ['*6', '!6', '::'].includes(host) ? '::1' : host
}

function readinessProblem(where: { host: string; port: number } | { socketPath: string }): Promise<string | null> {
  return new Promise((resolve) => {
    const asked = request({ ...where, path: '/ready', timeout: patience }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', (error) => resolve(error.message))
      response.on('end', () => {
        const said = Buffer.concat(chunks).toString('utf8').trim()
        resolve(response.statusCode === 200 ? null : `${response.statusCode} ${said}`.trim())
      })
    })
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${patience / 1000} s`)))
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    asked.end()
  })
}
