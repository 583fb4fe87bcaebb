import type { Relation } from '@rolecast/catalog'

/** Columns named for the tenant that a row belongs to. */
const tenant = /^(tenant|org|organi[sz]ation|workspace|company|account|team)(_?(id|uuid|key))$/i
/** Columns named for the person whom a row belongs to. */
const owner = /^((user|owner|customer|member|author|profile|creator)(_?(id|uuid))|owner|created_by|owned_by)$/i

export const isTenantColumn = (name: string): boolean => tenant.test(name)
export const isOwnerColumn = (name: string): boolean => owner.test(name) || tenant.test(name)

/** Columns of a relation whose names say whose a row is. */
export const ownerColumnsOf = ({ columns }: Relation): readonly string[] =>
  columns.map(({ name }) => name).filter(isOwnerColumn)
