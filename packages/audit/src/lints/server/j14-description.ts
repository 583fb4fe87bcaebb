import { serverLint } from './server-lint.js'

/** The description of one role should not be that of all. */
export const lint = serverLint({
  id: 'J14',
  severity: 'warning',
  title: 'The description shows what nobody may use',
  nearMiss: 'A description that follows privileges, or none.',
  references: ['CWE-200'],
  *find(server) {
    if (!(server.openapiMode === 'ignore-privileges')) return
    yield {
      object: 'openapi-mode',
      message: '/ describes every exposed table and column to callers without a token.',
      evidence: `${server.file}: openapi-mode = ignore-privileges.`,
    }
  },
})
