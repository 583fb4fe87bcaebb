import type { Lint } from '../../lint.js'
import { claimsIn } from '../../policies/callers.js'

/** The platform’s auth.users says whether anonymous sign-in exists. One finding. */
export const lint: Lint = {
  id: 'N24',
  severity: 'warning',
  title: 'Policies for signed-in users hold for those who signed in anonymously',
  nearMiss: 'The same with a check of is_anonymous.',
  references: ['CWE-287'],
  *find({ policies, security, index }) {
    const users = index.relations.get('auth.users')
    if (!users?.columns.some(({ name }) => name === 'is_anonymous')) return
    const meant = policies.all.filter(
      (policy) =>
        policy.policy.permissive && policy.policy.roles?.includes('authenticated') && policies.users(policy).length > 0,
    )
    const asks = (term: (typeof meant)[number]['using']) =>
      claimsIn(term, security).some(({ path }) => path.includes('is_anonymous'))
    if (meant.length === 0 || policies.all.some(({ using, check }) => asks(using) || asks(check))) return
    yield {
      object: 'authenticated',
      role: 'authenticated',
      message: 'Whoever signs in anonymously is authenticated to every policy.',
      evidence: `${meant.length} policies TO authenticated; none reads the claim is_anonymous.`,
      fix: null,
    }
  },
}
