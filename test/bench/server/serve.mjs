// The server under load: node serve.mjs OPTIONS, prints its port.
import { createServer } from '@rolecast/server'

const server = await createServer(JSON.parse(process.argv[2]))
console.log(await server.listen(0, '127.0.0.1'))
process.on('SIGTERM', () => server.close().then(() => process.exit(0)))
