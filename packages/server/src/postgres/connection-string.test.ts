import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../errors/config-error.js'
import { connectionTargets } from './connection-string.js'

/** What the driver makes of each server. */
const serversOf = (text: string) =>
  connectionTargets(text).uris.map((connectionString) => {
    const { host, port, user, password, database } = new pg.Client({ connectionString })
    return { host, port, user, password, database }
  })

const own = { user: 'ann', database: 'shop' }

describe('connection strings', () => {
  test.each([
    ['postgres://ann:p%40ss@db:5433/shop', [{ ...own, host: 'db', port: 5433, password: 'p@ss' }]],
    ['postgresql://ann@[::1]:5433/shop', [{ ...own, host: '::1', port: 5433 }]],
    ['postgresql://ann@/shop?host=/tmp/sockets&port=5433', [{ ...own, host: '/tmp/sockets', port: 5433 }]],
    ['postgresql://ann@%2Ftmp%2Fsockets/shop', [{ ...own, host: '/tmp/sockets' }]],
    [
      `host=db port=5433 user=ann dbname = shop password='it\\'s a \\\\ '`,
      [{ ...own, host: 'db', password: "it's a \\ " }],
    ],
    [
      'postgres://ann:x@one:1,two:2/shop?target_session_attrs=read-write',
      [
        { ...own, host: 'one', port: 1, password: 'x' },
        { ...own, host: 'two', port: 2, password: 'x' },
      ],
    ],
    [
      'host=one,two port=7 user=ann dbname=shop',
      [
        { host: 'one', port: 7 },
        { host: 'two', port: 7 },
      ],
    ],
    ['user=ann dbname=shop hostaddr=127.0.0.1 host=db', [{ ...own, host: '127.0.0.1' }]],
    ['postgresql://ann:?x?@db/a%20b%26c', [{ host: 'db', password: '?x?', database: 'a b&c' }]],
  ])('%s', (text, servers) => {
    expect(serversOf(text)).toMatchObject(servers)
  })

  test('say what a server must be, and how long to wait for it', () => {
    expect(connectionTargets('postgresql://')).toMatchObject({ attributes: 'any', timeout: null })
    expect(connectionTargets('postgresql://a,b/c?target_session_attrs=standby&connect_timeout=3')).toMatchObject({
      attributes: 'standby',
      timeout: 3,
    })
    expect(connectionTargets('postgresql://a/b?sslmode=require').uris).toEqual([
      expect.stringContaining('sslmode=require'),
    ])
  })

  test.each([
    'secret',
    'host=a port=1,2',
    'host=a secret',
    'postgres://a:%zz@b/c',
    'postgres://a@b:port/c',
    'postgres://a/b?secret',
    'host=a target_session_attrs=best',
    `host='a`,
  ])('%s is refused, and not repeated', (text) => {
    expect(() => connectionTargets(text)).toThrow(ConfigError)
    expect(() => connectionTargets(text)).not.toThrow(/secret(?!=)|zz/)
  })
})
