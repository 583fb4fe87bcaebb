import { signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callersOf } from './callers.js'

/** Connections are shared: the next request, of another user, finds the value. */
export const lint: Lint = {
  id: 'F07',
  severity: 'error',
  title: 'A function changes a setting for the whole session',
  nearMiss: 'A setting for the transaction only.',
  references: ['CWE-488'],
  *find({ catalog, security, roles, index, schemas }) {
    for (const routine of catalog.routines) {
      const signature = signatureOfRoutine(routine)
      const lasting = (security.code[signature]?.settingsWritten ?? []).filter(({ session }) => session)
      if (lasting.length === 0 || routine.extension !== null) continue
      if (callersOf(routine, { roles, index }).length === 0 && !schemas.includes(routine.schema)) continue
      const names = [...new Set(lasting.map(({ name }) => name ?? 'a computed name'))].join(', ')
      yield {
        object: signature,
        message: `${signature} leaves a setting in the connection, where the next request finds it.`,
        evidence: `It sets ${names} beyond the transaction.`,
        fix: null,
      }
    }
  },
}
