// A program for cluster.test.ts: node serve-cluster.mjs OPTIONS, a server on two processes.
import { createServer, reloadOnSignals, serveOnAllCores } from '@rolecast/server'

process.exitCode = await serveOnAllCores(
  async () => {
    const server = await createServer(JSON.parse(process.argv[2]))
    reloadOnSignals(server)
    await server.listen()
    console.log(`ready ${process.pid}`)
    process.on('SIGTERM', () => server.close().then(() => process.exit(0)))
  },
  { workers: 2 },
)
