// The server under test, in a process of its own: `node serve.mjs URI PORT SECRET`.
import { createServer } from '@rolecast/server'

const [uri, port, secret] = process.argv.slice(2)
const server = await createServer({
  dbUri: uri,
  dbSchemas: ['store'],
  dbAnonRole: 'web_anon',
  jwtSecret: secret,
  dbPool: 16,
  logLevel: 'crit',
})
await server.listen(Number(port), '127.0.0.1')
