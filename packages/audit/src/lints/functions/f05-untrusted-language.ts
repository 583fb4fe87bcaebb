import { quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callersOf } from './callers.js'

/** Its code may read files and open connections as the server does: no privilege of the database holds it. */
export const lint: Lint = {
  id: 'F05',
  severity: 'error',
  title: 'Requests call a function of an untrusted language',
  nearMiss: 'Such a function that no role of the API may execute, and functions that an extension brings.',
  references: ['CWE-250', 'CWE-732'],
  *find({ catalog, security, roles, index }) {
    const untrusted = new Set(security.untrustedLanguages ?? [])
    for (const routine of catalog.routines) {
      if (!untrusted.has(routine.language) || routine.extension !== null) continue
      const callers = callersOf(routine, { roles, index })
      if (callers.length === 0) continue
      const signature = signatureOfRoutine(routine)
      const named = callers.map(quoteIdentifier).join(', ')
      yield {
        object: signature,
        message: `${named} may execute ${signature}, whose language ${quoteIdentifier(routine.language)} reaches the server's files and network.`,
        evidence: `The language ${quoteIdentifier(routine.language)} is not trusted: only superusers may write functions in it.`,
        fix: `REVOKE EXECUTE ON FUNCTION ${signature} FROM ${named}, PUBLIC;`,
        narrows: true,
      }
    }
  },
}
