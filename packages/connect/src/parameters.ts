import type { Parameters } from './connection-string.js'
import { ConnectionStringError } from './errors.js'

/** One parameter of libpq ("Parameter Key Words" in its manual). */
interface Parameter {
  /** the environment variable that says it where the connection string does not */
  readonly variable?: string
  /** why a value cannot be used; null: it can */
  readonly fault?: (value: string) => string | null
}

const taken = (variable?: string): Parameter => (variable === undefined ? {} : { variable })

const oneOf = (variable: string, ...values: string[]): Parameter => ({
  variable,
  fault: (value) => (values.includes(value) ? null : `expected one of ${values.join(', ')}`),
})

const number = (variable?: string): Parameter => ({
  ...taken(variable),
  fault: (value) => (/^\s*-?\d{1,9}\s*$/.test(value) ? null : 'expected a whole number'),
})

/** What cannot be done here is refused, but for the values that ask for nothing. */
const refused = (reason: string, variable?: string, ...harmless: string[]): Parameter => ({
  ...taken(variable),
  fault: (value) => (harmless.includes(value) ? null : `${reason}. Leave it out`),
})

const noGss = 'GSSAPI is not supported'
const noOauth = 'logging in with OAuth is not supported'
const fixedProbes = 'Node sends a keepalive probe each second and gives up after ten; this cannot be changed'
const tlsVersions = ['', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export const sessionAttributes = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const

const table: Readonly<Record<string, Parameter>> = {
  host: taken('PGHOST'),
  hostaddr: taken('PGHOSTADDR'),
  port: taken('PGPORT'),
  dbname: taken('PGDATABASE'),
  user: taken('PGUSER'),
  password: taken('PGPASSWORD'),
  passfile: taken('PGPASSFILE'),
  service: taken('PGSERVICE'),
  servicefile: taken('PGSERVICEFILE'),
  options: taken('PGOPTIONS'),
  application_name: taken('PGAPPNAME'),
  fallback_application_name: taken(),
  target_session_attrs: oneOf('PGTARGETSESSIONATTRS', ...sessionAttributes),
  load_balance_hosts: oneOf('PGLOADBALANCEHOSTS', 'disable', 'random'),
  connect_timeout: number('PGCONNECT_TIMEOUT'),
  tcp_user_timeout: number(),
  keepalives: number(),
  keepalives_idle: number(),
  keepalives_interval: refused(fixedProbes, undefined, '0', '1'),
  keepalives_count: refused(fixedProbes, undefined, '0', '10'),
  require_auth: { variable: 'PGREQUIREAUTH', fault: requiredAuthenticationFault },
  channel_binding: oneOf('PGCHANNELBINDING', 'disable', 'prefer', 'require'),
  client_encoding: {
    variable: 'PGCLIENTENCODING',
    fault: (value) => (/^(?:utf-?8|auto)$/i.test(value) ? null : 'expected UTF8: texts are read as UTF-8'),
  },
  replication: refused('replication is not supported', undefined, 'false', 'off', 'no', '0'),

  sslmode: oneOf('PGSSLMODE', ...sslModes),
  sslnegotiation: oneOf('PGSSLNEGOTIATION', 'postgres', 'direct'),
  sslrootcert: taken('PGSSLROOTCERT'),
  sslcert: taken('PGSSLCERT'),
  sslkey: taken('PGSSLKEY'),
  sslpassword: taken(),
  sslcertmode: {
    variable: 'PGSSLCERTMODE',
    fault: (value) =>
      value === 'disable' || value === 'allow'
        ? null
        : 'expected disable or allow: whether the server asked for the certificate cannot be seen here',
  },
  sslcrl: taken('PGSSLCRL'),
  sslcrldir: refused('folders of revoked certificates are not supported: name a file with sslcrl', 'PGSSLCRLDIR', ''),
  sslsni: oneOf('PGSSLSNI', '0', '1'),
  sslcompression: refused('compression in TLS is not supported', 'PGSSLCOMPRESSION', '0'),
  ssl_min_protocol_version: oneOf('PGSSLMINPROTOCOLVERSION', ...tlsVersions),
  ssl_max_protocol_version: oneOf('PGSSLMAXPROTOCOLVERSION', ...tlsVersions),
  sslkeylogfile: refused('the secrets of TLS are not written to files'),
  requiressl: refused('sslmode=require says the same', 'PGREQUIRESSL', '0'),
  requirepeer: refused('who owns a socket cannot be seen here', 'PGREQUIREPEER', ''),
  min_protocol_version: oneOf('PGMINPROTOCOLVERSION', '3.0'),
  max_protocol_version: oneOf('PGMAXPROTOCOLVERSION', '3.0', '3.2', 'latest'),

  gssencmode: refused(noGss, 'PGGSSENCMODE', 'disable', 'prefer'),
  gssdelegation: refused(noGss, 'PGGSSDELEGATION', '0'),
  gsslib: refused(noGss, 'PGGSSLIB'),
  krbsrvname: refused(noGss, 'PGKRBSRVNAME'),
  scram_client_key: refused('SCRAM keys are not supported: give the password'),
  scram_server_key: refused('SCRAM keys are not supported: give the password'),
  oauth_issuer: refused(noOauth),
  oauth_client_id: refused(noOauth),
  oauth_client_secret: refused(noOauth),
  oauth_scope: refused(noOauth),
}

export const authenticationMethods = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'] as const

function requiredAuthenticationFault(value: string): string | null {
  const methods = value.split(',').map((method) => method.trim())
  const negated = methods.filter((method) => method.startsWith('!')).length
  const known: readonly string[] = authenticationMethods
  if (!methods.every((method) => known.includes(method.replace(/^!/, ''))))
    return `expected a list of ${known.join(', ')}`
  return negated === 0 || negated === methods.length ? null : 'expected a ! before each method or before none'
}

/** @throws ConnectionStringError for names that libpq does not know, and values that cannot be used */
export function checkParameters(parameters: Parameters): void {
  for (const [name, value] of parameters) {
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined
    if (parameter === undefined) throw new ConnectionStringError(`there is no parameter ${shown(name)}`)
    const fault = parameter.fault?.(value) ?? null
    if (fault !== null) throw new ConnectionStringError(`${name}: ${fault}`)
  }
}

/** What is no name may be part of a password. */
function shown(name: string): string {
  return /^[a-z_]{1,40}$/.test(name) ? name : 'of that name'
}

/** @throws ConnectionStringError that names the variable */
export function environmentParameters(env: Readonly<Record<string, string | undefined>>): Parameters {
  const found = new Map<string, string>()
  for (const [name, { variable, fault }] of Object.entries(table)) {
    const value = variable === undefined ? undefined : env[variable]
    if (value === undefined || value === '') continue
    const problem = fault?.(value) ?? null
    if (problem !== null) throw new ConnectionStringError(`${variable}: ${problem}`)
    found.set(name, value)
  }
  return found
}

/** Variables of libpq that set something in each session ("Environment Variables" in its manual). */
export const sessionVariables = { PGDATESTYLE: 'datestyle', PGTZ: 'timezone', PGGEQO: 'geqo' } as const
