import { serverLint } from './server-lint.js'

/** sslmode=require encrypts, and does not know with whom. */
export const lint = serverLint({
  id: 'J20',
  severity: 'warning',
  title: 'The connection to the database is not verified',
  nearMiss: 'A socket, or this machine.',
  references: ['CWE-295', 'CWE-319'],
  *find(server) {
    const { isRemote, isVerified } = server.connection
    if (!isRemote || isVerified) return
    yield {
      object: 'db-uri',
      message: 'Whoever stands between can read and change everything. Add sslmode=verify-full with sslrootcert.',
      evidence: `${server.file}: db-uri goes over the network without sslmode=verify-full.`,
    }
  },
})
