import { serverLint } from './server-lint.js'

/** It asks for no token. */
export const lint = serverLint({
  id: 'J17',
  severity: 'warning',
  title: 'The admin server can be reached from outside',
  nearMiss: 'An admin server on this machine only, or on a socket.',
  references: ['CWE-668'],
  *find(server) {
    if (server.adminAddress === null || !server.adminAddress.isPublic) return
    yield {
      object: 'admin-server-host',
      message:
        'Everybody who reaches the machine sees metrics, configuration and health. Set admin-server-host = "127.0.0.1", or close the port to others.',
      evidence: `${server.file}: the admin server listens on ${server.adminAddress.place}.`,
    }
  },
})
