import { serverLint } from './server-lint.js'

/** Nobody can take a token back. */
export const lint = serverLint({
  id: 'J05',
  severity: 'warning',
  title: 'Tokens may last for ever',
  nearMiss: 'jwt-require-exp.',
  references: ['CWE-613'],
  *find(server) {
    if (server.tokenKeys === null || server.jwtRequireExp) return
    yield {
      object: 'jwt-require-exp',
      message: 'A token without exp never ends, and only another key stops it. jwt-require-exp = true refuses it.',
      evidence: `${server.file}: jwt-require-exp is not set.`,
    }
  },
})
