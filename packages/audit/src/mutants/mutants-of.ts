import type { Catalog } from '@rolecast/catalog'
import { grantMutants } from './grants.js'
import { membershipMutants } from './memberships.js'
import type { Mutant, MutantContext } from './mutant.js'
import { objectMutants } from './objects.js'
import { policyMutants } from './policies.js'

/** Every single change of what roles may do that could go unnoticed, in a fixed order. */
export function mutantsOf(catalog: Catalog, context: MutantContext): readonly Mutant[] {
  return [
    ...policyMutants(catalog, context),
    ...objectMutants(catalog, context),
    ...membershipMutants(catalog, context),
    ...grantMutants(catalog, context),
  ]
}

/** As many as are wanted, evenly spread over all. */
export function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]).filter(
    (item) => item !== undefined,
  )
}
