import type { DomainType, ExpressionUses, Signature, TypeUse } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { splitQualifiedName } from '../postgres/names.js'
import type { EffectivePrivileges } from './effective-privileges.js'
import { firstIn, firstOf, type Refusal, within } from './refusal.js'

/** EXECUTE on functions is always asked of the role that runs the statement, whoever owns the view or table. */
export function functionsRefusal(
  current: EffectivePrivileges,
  functions: readonly Signature[],
  what: () => string,
): Refusal | null {
  if (functions.length === 0) return null
  return within(
    what,
    firstIn(functions, (signature) => current.functionRefusal(signature)),
  )
}

/** What computing an expression needs, but for the tables that it reads: always of the role that runs the statement. */
export function valueRefusal(current: EffectivePrivileges, uses: ExpressionUses, what: () => string): Refusal | null {
  if (uses.functions.length === 0 && uses.sequences.length === 0) return null
  return within(
    what,
    firstOf(
      () => firstIn(uses.functions, (signature) => current.functionRefusal(signature)),
      () => firstIn(uses.sequences, (sequence) => current.sequenceRefusal(sequence)),
    ),
  )
}

const schemasOfTypes = new WeakMap<TypeUse, string>()

/** The schema that a type stands in. */
export function schemaOfType(use: TypeUse): string {
  const known = schemasOfTypes.get(use)
  if (known !== undefined) return known
  const { schema } = splitQualifiedName(use.type)
  schemasOfTypes.set(use, schema)
  return schema
}

/** The domain and the domains it is based on, outermost first. */
export function domainsOf(index: CatalogIndex, use: TypeUse): DomainType[] {
  const domains: DomainType[] = []
  for (let next = use; !next.array; ) {
    const type = index.types.get(next.type)
    if (type?.kind !== 'domain') break
    domains.push(type)
    next = type.base
  }
  return domains
}

/** Whether a value of a type cannot be null: the type is a domain that is NOT NULL, or is over one. */
export function refusesNull(index: CatalogIndex, use: TypeUse): boolean {
  return domainsOf(index, use).some(({ notNull }) => notNull)
}

/** The domains that a value of a type is made of in the end: attributes, elements and bounds, at every depth. */
export function innerDomainsOf(index: CatalogIndex, use: TypeUse): readonly DomainType[] {
  const ofIndex = innerDomains.get(index) ?? new Map<string, readonly DomainType[]>()
  innerDomains.set(index, ofIndex)
  const known = ofIndex.get(use.type)
  if (known !== undefined) return known
  const domains = findInnerDomains(index, use)
  ofIndex.set(use.type, domains)
  return domains
}

const innerDomains = new WeakMap<CatalogIndex, Map<string, readonly DomainType[]>>()

function findInnerDomains(index: CatalogIndex, use: TypeUse): DomainType[] {
  const domains: DomainType[] = []
  const seen = new Set<string>()
  const pending = [use]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next.type)) continue
    seen.add(next.type)
    const type = index.types.get(next.type)
    if (type?.kind === 'domain') {
      domains.push(type)
      pending.push(type.base)
    } else if (type?.kind === 'composite') pending.push(...type.attributes.map((attribute) => attribute.type))
    else if (type?.kind === 'range' || type?.kind === 'multirange') pending.push(type.subtype)
    else pending.push(...(index.relations.get(next.type)?.columns ?? []).map((column) => column.type))
  }
  return domains
}
