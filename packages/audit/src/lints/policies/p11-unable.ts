import { type PolicyExpression, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { type PolicyBook, type PolicyOf, type Verb, verbs } from '../../policies/policies-of.js'

/** PostgreSQL evaluates a policy with the caller's rights; what these do not allow is an error, not an empty answer. */
export const lint: Lint = {
  id: 'P11',
  severity: 'error',
  title: 'A policy uses what the role it is for may not use',
  nearMiss: 'The same policy behind a SECURITY DEFINER function that the role may execute.',
  references: ['CWE-1164'],
  *find({ policies, roles, index, surface }) {
    for (const policy of policies.all) {
      for (const role of roles) {
        const verb = verbInForce(policy, role, policies)
        if (verb === undefined) continue
        const routines = index.privileges.get(role)?.routines ?? []
        const lacking = [policy.policy.using, policy.policy.check].flatMap((expression) =>
          expression?.constant === null ? lacks(expression, role, routines, policies) : [],
        )
        if (lacking.length === 0) continue
        const { schema, name } = policy.relation
        const own = surface(role).relations.find((each) => each.schema === schema && each.name === name)
        // what constants fold away needs nothing
        if (own !== undefined && own.verdicts[verb] !== 'never') continue
        yield {
          object: policy.object,
          role,
          message: `${verb.toUpperCase()} of ${quoteIdentifier(role)} on ${policy.key} is always refused.`,
          evidence: `The policy needs ${[...new Set(lacking)].join(', ')}, which ${quoteIdentifier(role)} has not.`,
          fix: [...new Set(lacking)].map((right) => `GRANT ${right} TO ${quoteIdentifier(role)};`).join(' '),
        }
      }
    }
  },
}

/** A verb that a role holds and whose statements evaluate the policy. */
function verbInForce(policy: PolicyOf, role: string, policies: PolicyBook): Verb | undefined {
  if (!policies.isUnder(policy.relation, role)) return undefined
  return verbs.find(
    (verb) =>
      policies.holds(role, policy.key, verb) &&
      policies.applying(policy.key, role, verb).includes(policy) &&
      policies.permissive(policy.key, role, verb).length > 0,
  )
}

/** What an expression needs and a role has not, as GRANT names it. */
function lacks({ uses }: PolicyExpression, role: string, routines: readonly string[], policies: PolicyBook): string[] {
  const functions = uses.functions
    .filter((signature) => !routines.includes(signature))
    .map((signature) => `EXECUTE ON FUNCTION ${signature}`)
  const tables = uses.reads.flatMap(({ relation, columns }) => {
    if (columns.length === 0) return policies.holds(role, relation, 'select') ? [] : [`SELECT ON ${relation}`]
    const hidden = columns.filter((column) => !policies.holdsColumn(role, relation, 'select', column))
    return hidden.length === 0 ? [] : [`SELECT (${hidden.map(quoteIdentifier).join(', ')}) ON ${relation}`]
  })
  return [...functions, ...tables]
}
