import { serverLint } from './server-lint.js'

/** Plans are for development. */
export const lint = serverLint({
  id: 'J13',
  severity: 'warning',
  title: 'Anybody sees how queries are run',
  nearMiss: 'Plans that are off, which is the default.',
  references: ['CWE-200'],
  *find(server) {
    if (!server.dbPlanEnabled) return
    yield {
      object: 'db-plan-enabled',
      message:
        'Plans show names of tables, policies and numbers of rows that a role may not see. Switch it off in production.',
      evidence: `${server.file}: db-plan-enabled = true.`,
    }
  },
})
