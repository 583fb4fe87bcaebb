import type { ColumnKind } from '@rolecast/client'
import { type Source, source } from '../writing/source.js'
import type { Abilities } from './abilities.js'
import { type RuntimeType, runtimeType } from './runtime-names.js'
import type { Scalar } from './scalars.js'

/** A PostgreSQL type, before it is known where it is used. */
export interface Resolved {
  readonly type: string
  readonly input: string
  readonly uses: readonly RuntimeType[]
  readonly filter: Scalar['filter'] | 'array'
  /** what conditions compare with, if not values as rows have them; of ranges: what they look for in them */
  readonly compared?: string
  readonly element: Source
  readonly kind: ColumnKind | null
  readonly base: string
  readonly abilities: Abilities
}

/** `isSaid`: the configuration, or a JSON Schema, says the type. */
export function filterType({ filter, element, input, compared }: Resolved, type: string, isSaid: boolean): Source {
  switch (filter) {
    case 'compare':
      return source`${runtimeType('Filter')}<${compared ?? (takesDates({ input }) && !isSaid ? input : type)}>`
    case 'equal':
      return source`${runtimeType('EqualityFilter')}<${compared ?? type}>`
    case 'text':
      return runtimeType('TextFilter')
    case 'boolean':
      return runtimeType('BooleanFilter')
    case 'json':
      return runtimeType('JsonFilter')
    case 'parts':
      return runtimeType('PartsFilter')
    case 'text-parts':
      return runtimeType('TextPartsFilter')
    case 'range':
      return source`${runtimeType('RangeFilter')}<${compared ?? 'never'}>`
    case 'multirange':
      return source`${runtimeType('MultirangeFilter')}<${compared ?? 'never'}>`
    case 'search':
      return runtimeType('SearchFilter')
    case 'array':
      return source`${runtimeType('ArrayFilter')}<${element}>`
    case 'none':
      return runtimeType('NullFilter')
  }
}

export function isRange(filter: Resolved['filter']): filter is 'range' | 'multirange' {
  return filter === 'range' || filter === 'multirange'
}

export function takesDates({ input }: Pick<Resolved, 'input'>): boolean {
  return input.endsWith(' | Date')
}
