import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import type { Parameters } from './connection-string.js'
import { ConnectionStringError } from './errors.js'
import type { sslModes } from './parameters.js'

/** What is said of TLS; files are read anew for each connection, since certificates are renewed. */
export interface TlsSettings {
  readonly mode: (typeof sslModes)[number]
  /** TLS from the first byte on (`sslnegotiation=direct`) */
  readonly isDirect: boolean
  /** a file, or `system`; null: the server's certificate is not verified */
  readonly root: string | null
  /** null: none is sent */
  readonly certificate: string | null
  readonly key: string | null
  readonly keyPassword: string | null
  readonly revoked: string | null
  /** whether the server is told which host is meant */
  readonly namesHost: boolean
  readonly minimumVersion: tls.SecureVersion | null
  readonly maximumVersion: tls.SecureVersion | null
}

/** Encrypted, not, or encrypted where the server can. */
export type Encryption = 'tls' | 'plain' | 'tls-if-offered'

/** @throws ConnectionStringError for parameters that contradict each other, or files that are not there */
export function tlsSettings(parameters: Parameters): TlsSettings {
  const value = (name: string) => parameters.get(name) || null
  const root = value('sslrootcert') ?? ownFile('root.crt')
  const isSystem = root === 'system'
  const mode = (value('sslmode') ?? (isSystem ? 'verify-full' : 'prefer')) as TlsSettings['mode']
  const isDirect = value('sslnegotiation') === 'direct'
  if (isSystem && mode !== 'verify-full')
    throw new ConnectionStringError(
      'sslrootcert=system needs sslmode=verify-full: anybody can have a certificate of these',
    )
  if (mode.startsWith('verify') && root === null)
    throw new ConnectionStringError(
      `sslmode=${mode} needs to know whom to trust: name a file with sslrootcert, or say sslrootcert=system`,
    )
  if (isDirect && ['disable', 'allow', 'prefer'].includes(mode))
    throw new ConnectionStringError('sslnegotiation=direct needs sslmode=require or stronger')
  const sendsCertificate = value('sslcertmode') !== 'disable'
  return {
    mode,
    isDirect,
    root: mode === 'disable' ? null : root,
    certificate: sendsCertificate ? (value('sslcert') ?? ownFile('postgresql.crt')) : null,
    key: sendsCertificate ? (value('sslkey') ?? ownFile('postgresql.key')) : null,
    keyPassword: value('sslpassword'),
    revoked: value('sslcrl') ?? ownFile('root.crl'),
    namesHost: value('sslsni') !== '0',
    minimumVersion: value('ssl_min_protocol_version') as tls.SecureVersion | null,
    maximumVersion: value('ssl_max_protocol_version') as tls.SecureVersion | null,
  }
}

/** Where libpq looks for what was not named. */
function ownFile(name: string): string | null {
  const file = join(homedir(), '.postgresql', name)
  return existsSync(file) ? file : null
}

/** What is tried with one server, one after the other ("SSL Mode Descriptions" in the manual of libpq). */
export function encryptionsOf({ mode }: TlsSettings, isSocketFile: boolean): readonly Encryption[] {
  if (isSocketFile || mode === 'disable') return ['plain']
  if (mode === 'allow') return ['plain', 'tls']
  return mode === 'prefer' ? ['tls-if-offered', 'plain'] : ['tls']
}

/**
 * Node's options for the handshake with a host.
 * @throws ConnectionStringError for files that cannot be read
 */
export function handshakeOptions(settings: TlsSettings, host: string): tls.ConnectionOptions {
  const { mode, root, certificate, key, keyPassword, revoked, minimumVersion, maximumVersion } = settings
  return {
    servername: settings.namesHost && isIP(host) === 0 ? host : '',
    rejectUnauthorized: root !== null,
    ...(root !== null && { ca: root === 'system' ? systemRoots() : read(root) }),
    checkServerIdentity: (_, peer) => (mode === 'verify-full' ? tls.checkServerIdentity(host, peer) : undefined),
    ...(certificate !== null && { cert: read(certificate) }),
    ...(certificate !== null && key !== null && { key: read(key) }),
    ...(keyPassword !== null && { passphrase: keyPassword }),
    ...(root !== null && revoked !== null && { crl: read(revoked) }),
    minVersion: minimumVersion ?? 'TLSv1.2',
    ...(maximumVersion !== null && { maxVersion: maximumVersion }),
    ...(settings.isDirect && { ALPNProtocols: ['postgresql'] }),
  }
}

/** The system's authorities where Node can tell them (from 22.15 on), else those that come with Node. */
function systemRoots(): string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] }
  return getCACertificates?.('system') ?? [...tls.rootCertificates]
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new ConnectionStringError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
