import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConnectionStringError } from './errors.js'
import { connectionSettings } from './settings.js'

const folder = mkdtempSync(join(tmpdir(), 'rolecast-connect-'))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const settings = (text: string, env: Record<string, string> = {}) => connectionSettings(text, env)

describe('a connection string', () => {
  test.each([
    ['postgres://ann:p%40ss@db:5433/shop', { user: 'ann', password: 'p@ss', database: 'shop' }, ['db:5433']],
    ['postgresql://ann@[::1]:5433/shop', { password: null }, ['::1:5433']],
    ['postgresql://ann@/shop?host=/tmp/sockets&port=5433', {}, ['/tmp/sockets:5433']],
    ['postgresql://ann@%2Ftmp%2Fsockets/shop', {}, ['/tmp/sockets:5432']],
    [`host=db port=5433 user=ann dbname = shop password='it\\'s a \\\\ '`, { password: "it's a \\ " }, ['db:5433']],
    [
      'postgres://ann:x@one:1,two:2/shop?target_session_attrs=read-write',
      { attributes: 'read-write' },
      ['one:1', 'two:2'],
    ],
    ['host=one,two port=7 user=ann dbname=shop', { database: 'shop' }, ['one:7', 'two:7']],
    ['user=ann', { database: 'ann' }, undefined],
    ['postgresql://ann:?x?@db/a%20b%26c', { database: 'a b&c', password: '?x?' }, ['db:5432']],
    ['host=db connect_timeout=3', { timeoutMilliseconds: 3_000 }, ['db:5432']],
    ['host=db', { timeoutMilliseconds: null, silenceMilliseconds: 10_000, keepAliveMilliseconds: 30_000 }, ['db:5432']],
    [
      'host=db keepalives=0 tcp_user_timeout=2500',
      { keepAliveMilliseconds: null, silenceMilliseconds: 2_500 },
      undefined,
    ],
    [
      'host=db keepalives_idle=7 load_balance_hosts=random',
      { keepAliveMilliseconds: 7_000, isShuffled: true },
      undefined,
    ],
    ['host=db application_name=shop', { applicationName: 'shop' }, undefined],
    ['host=db channel_binding=require', { channelBinding: 'require' }, undefined],
    ['host=db require_auth=scram-sha-256', { authentication: new Set(['scram-sha-256']) }, undefined],
    [
      'host=db require_auth=!password,!md5,!none',
      { authentication: new Set(['gss', 'sspi', 'scram-sha-256', 'oauth']) },
      undefined,
    ],
  ])('%s', (text, expected, servers) => {
    const found = settings(text)
    expect(found).toMatchObject(expected)
    if (servers !== undefined) expect(found.servers.map(({ host, port }) => `${host}:${port}`)).toEqual(servers)
  })

  test('may say addresses beside names', () => {
    expect(settings('host=db.example.com hostaddr=127.0.0.1').servers).toEqual([
      { host: 'db.example.com', address: '127.0.0.1', port: 5432 },
    ])
    expect(settings('hostaddr=127.0.0.1').servers).toMatchObject([{ host: '127.0.0.1', address: '127.0.0.1' }])
  })

  test.each([
    ['host=db', { mode: 'prefer', root: null, isDirect: false }],
    ['postgresql://db/a?ssl=true', { mode: 'require' }],
    ['host=db sslmode=require', { mode: 'require', root: null }],
    ['host=db sslmode=verify-ca sslrootcert=ca.pem', { mode: 'verify-ca', root: 'ca.pem' }],
    ['host=db sslrootcert=system', { mode: 'verify-full', root: 'system' }],
    ['host=db sslmode=require sslnegotiation=direct sslsni=0', { isDirect: true, namesHost: false }],
    ['host=db sslcert=a.crt sslkey=a.key sslcertmode=disable', { certificate: null, key: null }],
  ])('%s says how to encrypt', (text, tls) => {
    expect(settings(text).tls).toMatchObject(tls)
  })

  test.each([
    ['secret', /neither a URI/],
    ['host=a port=1,2', /as many ports/],
    ['host=a,b hostaddr=127.0.0.1', /as many host addresses/],
    ['host=a port=0', /from 1 to 65535/],
    ['host=a secret', /neither/],
    ['postgres://a:%zz@b/c', /%/],
    ['postgres://a@b:port/c', /neither/],
    ['postgres://a/b?secret', /no =/],
    ['host=a target_session_attrs=best', /target_session_attrs: expected one of any/],
    [`host='a`, /neither/],
    ['host=a sslmod=require', /no parameter sslmod/],
    ['host=a sslmode=no-verify', /sslmode: expected one of disable/],
    ['host=a sslmode=verify-full', /sslrootcert/],
    ['host=a sslmode=require sslrootcert=system', /verify-full/],
    ['host=a sslnegotiation=direct', /sslmode=require/],
    ['host=a connect_timeout=soon', /connect_timeout: expected a whole number/],
    ['host=a require_auth=md5,!none', /require_auth: expected a !/],
    ['host=a require_auth=magic', /require_auth: expected a list/],
    ['host=a keepalives_interval=5', /keepalives_interval: .*Leave it out/],
    ['host=a gssencmode=require', /GSSAPI/],
    ['host=a requirepeer=postgres', /requirepeer/],
    ['host=a client_encoding=LATIN1', /UTF8/],
    ['host=a uselibpqcompat=true', /no parameter uselibpqcompat/],
  ])('%s is refused, and its values are not repeated', (text, message) => {
    expect(() => settings(text)).toThrow(ConnectionStringError)
    expect(() => settings(text)).toThrow(message)
    expect(() => settings(text)).not.toThrow(/secret(?!=)|zz/)
  })
})

describe('what a connection string leaves open', () => {
  test('is said by the environment', () => {
    const env = {
      PGHOST: 'db',
      PGHOSTADDR: '127.0.0.2',
      PGPORT: '7',
      PGUSER: 'ann',
      PGDATABASE: 'shop',
      PGAPPNAME: 'till',
      PGSSLMODE: 'disable',
      PGCONNECT_TIMEOUT: '2',
      PGOPTIONS: '-c geqo=off',
      PGTZ: 'Europe/Berlin',
      PGPASSFILE: '/passwords',
    }
    expect(settings('postgresql://', env)).toMatchObject({
      servers: [{ host: 'db', address: '127.0.0.2', port: 7 }],
      user: 'ann',
      database: 'shop',
      applicationName: 'till',
      timeoutMilliseconds: 2_000,
      options: '-c geqo=off -c timezone=Europe/Berlin',
      passwordFile: '/passwords',
      tls: { mode: 'disable' },
    })
    expect(settings('host=other user=bob', env)).toMatchObject({ user: 'bob', servers: [{ host: 'other' }] })
    expect(() => settings('postgresql://', { PGSSLMODE: 'maybe' })).toThrow(/^PGSSLMODE: expected one of/)
  })

  test('is said by the service first, wherever its name stands', () => {
    const servicefile = file('services', '# ours\n[test]\nhost=t\n\n[live]\nhost=l\nport=9\n')
    const env = { PGSERVICEFILE: servicefile, PGPORT: '1', PGHOST: 'h' }
    expect(settings('service=live', env).servers).toMatchObject([{ host: 'l', port: 9 }])
    expect(settings('postgresql://', { ...env, PGSERVICE: 'test' }).servers).toMatchObject([{ host: 't', port: 1 }])
    expect(settings(`service=live port=2 servicefile=${servicefile}`).servers).toMatchObject([{ host: 'l', port: 2 }])
    expect(() => settings('service=none', env)).toThrow(/no service "none" in .*services/)
    expect(() => settings('service=a', { PGSERVICEFILE: '/nowhere' })).toThrow('/nowhere cannot be read (ENOENT)')
    const odd = file('odd', '[a]\nldap://x\n')
    expect(() => settings('service=a', { PGSERVICEFILE: odd })).toThrow(/line 2/)
  })
})
