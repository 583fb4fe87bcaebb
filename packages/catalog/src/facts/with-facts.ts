import { CatalogError } from '../errors.js'
import type { Catalog, Policy, PolicyExpression, Relation } from '../model/catalog.js'
import type { PolicyTerms } from '../model/security.js'
import { qualifiedName } from '../postgres/names.js'
import type { RoleFacts } from './claims.js'
import { outcomesOf } from './evaluate-term.js'

/** A policy that no row passes in the requests that facts are about. */
export interface ShutPolicy {
  readonly relation: Relation
  readonly policy: Policy
}

export interface CatalogWithFacts {
  readonly catalog: Catalog
  readonly shut: readonly ShutPolicy[]
}

/**
 * A catalog as requests meet it of which something is known: conditions of policies that can never be true then are so in
 * it. PostgreSQL does not fold them itself, so all that they need is still needed.
 *
 * @throws CatalogError for a catalog without the facts of an audit, which the conditions are among
 */
export function withFacts(catalog: Catalog, facts: RoleFacts): CatalogWithFacts {
  const { security } = catalog
  if (security === undefined) {
    throw new CatalogError('This catalog does not have the conditions of its policies: read it with `security`.')
  }
  const isNever = (terms: PolicyTerms | undefined, use: 'using' | 'check') => {
    const term = terms?.[use]
    return term !== null && term !== undefined && !outcomesOf(term, facts, security.code).true
  }
  const shut: ShutPolicy[] = []
  const relations = catalog.relations.map((relation) => {
    const terms = security.conditions[qualifiedName(relation.schema, relation.name)]
    if (terms === undefined || relation.policies.length === 0) return relation
    const policies = relation.policies.map((policy) => {
      const ofPolicy = Object.hasOwn(terms, policy.name) ? terms[policy.name] : undefined
      const [using, check] = [isNever(ofPolicy, 'using'), isNever(ofPolicy, 'check')]
      if (!using && !check) return policy
      shut.push({ relation, policy })
      return {
        ...policy,
        using: using ? never(policy.using) : policy.using,
        check: check ? never(policy.check) : policy.check,
      }
    })
    return { ...relation, policies }
  })
  return shut.length === 0 ? { catalog, shut } : { catalog: { ...catalog, relations }, shut }
}

/** NULL beside it keeps what it needs, and lets nothing through. */
function never(expression: PolicyExpression | null): PolicyExpression | null {
  return expression === null ? null : { ...expression, condition: { all: [expression.condition, null] } }
}
