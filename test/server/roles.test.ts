import { createServer, type ServerOptions } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askServer, type Festival, openFestival, tokenOf } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival()
  const owner = new pg.Client({ connectionString: festival.postgres.uri })
  await owner.connect()
  await owner.query(`
    CREATE ROLE outsider;
    CREATE SCHEMA guard;
    CREATE FUNCTION guard.check() RETURNS void LANGUAGE sql AS '';
    CREATE FUNCTION guard.with_default(a integer DEFAULT 1) RETURNS void LANGUAGE sql AS '';
    CREATE FUNCTION guard.with_argument(a integer) RETURNS void LANGUAGE sql AS '';
    CREATE PROCEDURE guard.procedure() LANGUAGE sql AS '';
    CREATE FUNCTION guard.hidden() RETURNS void LANGUAGE sql AS '';
    CREATE FUNCTION guard.for_crew() RETURNS void LANGUAGE sql AS '';
    REVOKE EXECUTE ON FUNCTION guard.hidden(), guard.for_crew() FROM public;
    GRANT EXECUTE ON FUNCTION guard.for_crew() TO crew;
    CREATE SCHEMA closed;
    CREATE FUNCTION closed.check() RETURNS void LANGUAGE sql AS '';
    GRANT USAGE ON SCHEMA guard TO visitor, crew`)
  await owner.end()
})
afterAll(async () => {
  await festival?.close()
})

const start = async (options: ServerOptions) => {
  const server = await createServer({ ...festival.options, ...options })
  await server.close()
}
const guard = (name: string, schema: string | null = 'guard') => ({ dbPreRequest: { schema, name } })

describe('what the configuration names and requests cannot use ends the start', () => {
  test.each<[string, ServerOptions, RegExp]>([
    ['none', { dbAnonRole: 'none' }, /db-anon-role: requests never run as the role "none"/],
    ['None', { dbAnonRole: 'None' }, /db-anon-role: .*"None"/],
    [
      'the login role',
      { dbAnonRole: 'authenticator' },
      /db-anon-role: "authenticator" is the role that the server connects as/,
    ],
    ['a role that is not there', { dbAnonRole: 'nobody' }, /db-anon-role: the role "nobody" does not exist/],
    ['a role that it is not a member of', { dbAnonRole: 'outsider' }, /db-anon-role: .* may not become "outsider"/],
    ['PUBLIC', { dbAnonRole: 'public' }, /db-anon-role: the role "public" does not exist/],
    ['a function that is not there', guard('nope'), /db-pre-request: the function guard.nope does not exist/],
    ['a function of another schema', guard('check', null), /db-pre-request: the function check does not exist/],
    ['a function with an argument', guard('with_argument'), /db-pre-request: guard.with_argument is not a function/],
    ['a procedure', guard('procedure'), /db-pre-request: guard.procedure is not a function/],
    [
      'a function in a schema without USAGE',
      guard('check', 'closed'),
      /db-pre-request: no role of requests may call closed.check/,
    ],
    [
      'one that no role may call',
      { ...guard('hidden'), dbAnonRole: null },
      /db-pre-request: no role of requests may call/,
    ],
  ])('%s', async (_, options, message) => {
    await expect(start(options)).rejects.toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(message) }),
    )
  })

  test.each<[string, ServerOptions]>([
    ['a function with a default for its argument', guard('with_default')],
    ['a function of the search path', { ...guard('check', null), dbExtraSearchPath: ['guard'] }],
    ['no anonymous role', { ...guard('check'), dbAnonRole: null }],
  ])('but not %s', async (_, options) => {
    await start(options)
  })
})

test('a function that the anonymous role alone may not call is warned of', async () => {
  const lines: string[] = []
  await start({ ...guard('for_crew'), log: (line) => lines.push(line) })
  expect(lines.join()).toContain('db-pre-request: the role "visitor" of db-anon-role may not call guard.for_crew')
})

test('no token makes a request run as the login role, however the server got it', async () => {
  // db-uri names no user: PostgreSQL says who logged in.
  const { host, port } = festival.postgres
  const dbUri = `host=${host} port=${port} user=authenticator dbname=postgres`
  const server = await createServer({ ...festival.options, dbUri })
  try {
    for (const role of ['authenticator', 'none', 'None', 'NONE']) {
      const headers = { Authorization: `Bearer ${await tokenOf({ role })}` }
      expect((await askServer(server, '/stages', { headers })).status).toBe(401)
    }
  } finally {
    await server.close()
  }
})
