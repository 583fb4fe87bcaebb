import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import { SignJWT } from 'jose'
import pg from 'pg'
import { expect, it } from 'vitest'

const secret = 'a secret for the tests of soundness only'

const sql = `CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE insider; CREATE ROLE outsider;
  GRANT insider, outsider TO authenticator; CREATE SCHEMA inner_api; GRANT USAGE ON SCHEMA inner_api TO insider;
  CREATE FUNCTION inner_api.answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
  CREATE TABLE inner_api.notes (id int); GRANT SELECT ON inner_api.notes TO PUBLIC`

/** EXECUTE is everybody's by default, so USAGE on the schema is what keeps such a function in. */
it('a statement that one role had prepared is not run as another, who has no USAGE on the schema', async () => {
  await using postgres = await startPostgres({ authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(sql)
  await client.end()
  const server = await createServer({
    dbUri: postgres.uriOf({ user: 'authenticator' }),
    dbSchemas: ['inner_api'],
    dbPool: 1,
    jwtSecret: secret,
  })
  try {
    const ask = async (role: string, path: string, method = 'GET') => {
      const token = await new SignJWT({ role })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(secret))
      const headers = { Authorization: `Bearer ${token}` }
      return (await server.fetch(new Request(`http://localhost/${path}`, { method, headers }))).status
    }
    for (const [path, method] of [
      ['rpc/answer', 'POST'],
      ['notes', 'GET'],
    ] as const) {
      expect(await ask('insider', path, method)).toBe(200)
      expect(await ask('insider', path, method)).toBe(200)
      expect(await ask('outsider', path, method)).toBe(403)
      expect(await ask('insider', path, method)).toBe(200)
    }
  } finally {
    await server.close()
  }
})
