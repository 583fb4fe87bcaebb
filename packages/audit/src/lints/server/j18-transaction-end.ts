import { serverLint } from './server-lint.js'

/** Audit triggers roll back with the rest. */
export const lint = serverLint({
  id: 'J18',
  severity: 'warning',
  title: 'Callers choose whether a change is kept',
  nearMiss: 'commit or rollback without override.',
  references: ['CWE-799'],
  *find(server) {
    if (!server.dbTxEnd.endsWith('-allow-override')) return
    yield {
      object: 'db-tx-end',
      message:
        'A caller can roll back a call that was answered with success, and try a change without a trace. It is for tests.',
      evidence: `${server.file}: db-tx-end = ${server.dbTxEnd}.`,
    }
  },
})
