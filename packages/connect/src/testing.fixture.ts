import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmbeddedPostgres } from '@rolecast/embedded'
import pg from 'pg'

export interface Certificates {
  readonly folder: string
  /** the authority, and another one */
  readonly root: string
  readonly otherRoot: string
}

/** An authority and a server certificate of it for a host, made by openssl. */
export function makeCertificates(host: string): Certificates & { readonly certificate: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rolecast-tls-'))
  chmodSync(folder, 0o755)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  for (const name of ['root', 'other'])
    openssl(
      ...'req -x509 -newkey rsa:2048 -nodes -days 2 -subj'.split(' '),
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
    )
  openssl(
    ...'req -newkey rsa:2048 -nodes -subj'.split(' '),
    `/CN=${host}`,
    '-addext',
    `subjectAltName=DNS:${host}`,
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
  )
  openssl(
    ...'x509 -req -in server.csr -CA root.crt -CAkey root.key -CAcreateserial -days 2 -copy_extensions copy -out server.crt'.split(
      ' ',
    ),
  )
  const text = (name: string) => readFileSync(join(folder, name), 'utf8')
  return {
    folder,
    root: join(folder, 'root.crt'),
    otherRoot: join(folder, 'other.crt'),
    certificate: text('server.crt'),
    key: text('server.key'),
  }
}

/** Makes a server speak TLS; the lines are those of its pg_hba.conf. */
export async function configure(
  postgres: EmbeddedPostgres,
  { certificate, key, lines }: { certificate: string; key: string; lines: readonly string[] },
): Promise<void> {
  const owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  const write = async (name: string, text: string) => {
    const { rows } = await owner.query(`SELECT current_setting('data_directory') AS folder`)
    const path = join(rows[0].folder, name)
    await owner.query('CREATE TEMP TABLE IF NOT EXISTS written (line text)')
    await owner.query('TRUNCATE written')
    await owner.query(`INSERT INTO written SELECT * FROM regexp_split_to_table($1, '\\n')`, [text])
    await owner.query(`COPY written TO PROGRAM 'cat > ${path}; chmod 600 ${path}'`)
  }
  await write('server.crt', certificate)
  await write('server.key', key)
  await write('pg_hba.conf', lines.join('\n'))
  await owner.query('ALTER SYSTEM SET ssl = on')
  await owner.query('SELECT pg_reload_conf()')
  await owner.end()
  await new Promise((resolve) => setTimeout(resolve, 300))
}

export interface TcpProxy {
  readonly port: number
  readonly accepted: () => number
  /** passes on nothing any more, in neither direction; new connections neither, unless told otherwise */
  silence(options?: { readonly takesNew?: boolean }): void
  passOn(): void
  close(): void
}

/** What stands before a server and can stop forwarding, as a network that was cut. */
export async function openProxy(toPort: number, port = 0): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isSilent = false
  let takesNew = true
  let accepted = 0
  const server = createServer({ pauseOnConnect: true }, (client) => {
    accepted += 1
    sockets.add(client)
    client.on('error', () => {})
    if (isSilent && !takesNew) return
    const upstream = connect(toPort, '127.0.0.1')
    sockets.add(upstream)
    upstream.on('error', () => {}).on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
    client.pipe(upstream)
    upstream.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    accepted: () => accepted,
    silence(options = {}) {
      isSilent = true
      takesNew = options.takesNew ?? false
      for (const socket of sockets) socket.unpipe().pause()
    },
    passOn() {
      isSilent = false
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
