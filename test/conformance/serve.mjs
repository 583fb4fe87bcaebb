// The server under test: node serve.mjs CONFIG-FILE
import { createServer } from '@rolecast/server'

const server = await createServer({ configFile: process.argv[2], env: process.env, jwtAllowInsecureSecret: true })
await server.listen()
process.on('SIGTERM', () => server.close().then(() => process.exit(0)))
