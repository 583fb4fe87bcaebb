import { serverLint } from './server-lint.js'

/** Hints are written for people who may see the schema. */
export const lint = serverLint({
  id: 'J19',
  severity: 'warning',
  title: 'Errors tell strangers about the database',
  nearMiss: 'minimal.',
  references: ['CWE-209'],
  *find(server) {
    if (!(server.clientErrorVerbosity === 'verbose')) return
    yield {
      object: 'client-error-verbosity',
      message:
        'Details and hints of PostgreSQL name columns, constraints and values. Set client-error-verbosity = minimal in production.',
      evidence: `${server.file}: client-error-verbosity = verbose, which is the default.`,
    }
  },
})
