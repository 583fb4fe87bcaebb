import { serverLint } from './server-lint.js'

/** Browsers ask the server who may read. */
export const lint = serverLint({
  id: 'J12',
  severity: 'warning',
  title: 'Scripts of every website may read responses',
  nearMiss: 'A list of origins.',
  references: ['CWE-942'],
  *find(server) {
    if (server.corsAllowedOrigins.length > 0 && !server.corsAllowedOrigins.includes('*')) return
    yield {
      object: 'server-cors-allowed-origins',
      message: "A page that a user opens can call the API from the user's network. List the origins of your apps.",
      evidence: `${server.file}: server-cors-allowed-origins ${server.corsAllowedOrigins.length === 0 ? 'is not set' : 'has *'}.`,
    }
  },
})
