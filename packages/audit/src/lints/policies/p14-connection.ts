import type { Security, Term } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { termsIn } from '../../policies/terms.js'

const ofTheConnection: ReadonlySet<string> = new Set(
  ['inet_client_addr', 'inet_client_port', 'inet_server_addr', 'pg_backend_pid', 'getpgusername', 'system_user'].map(
    (name) => `pg_catalog.${name}`,
  ),
)

/** All requests come over the server's connections: the authenticator's, from the server's address. */
export const lint: Lint = {
  id: 'P14',
  severity: 'error',
  title: 'A policy asks about the connection, which is the same for all callers',
  nearMiss: 'CURRENT_USER, which is the role of the request.',
  references: ['CWE-290'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const part = [policy.using, policy.check]
        .flatMap((term) => [...termsIn(term)])
        .find((each) => isOfTheConnection(each, security))
      if (part === undefined) continue
      yield {
        object: policy.object,
        message: `${policy.object} cannot tell callers apart.`,
        evidence: `It asks ${part.kind === 'environment' ? part.name : part.kind === 'call' ? part.function : ''}, which is the API server's.`,
        fix: null,
      }
    }
  },
}

function isOfTheConnection(term: Term, security: Security): boolean {
  if (term.kind === 'environment') return term.name === 'session_user'
  if (term.kind !== 'call') return false
  return (
    ofTheConnection.has(term.function) || (security.code[term.function]?.identities.includes('session_user') ?? false)
  )
}
