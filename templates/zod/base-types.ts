import type { TypeSurface, TypeUse } from '@rolecast/catalog'
import { nameKey, parseQualifiedName } from '../writing/qualified-name.js'

/** A type below all domains, and how its modifier limits it. */
export interface BaseType {
  /** a name of `pg_catalog` without its schema, or of another schema's type `enum`, `composite`, `range`, `other` */
  readonly name: string
  readonly isArray: boolean
  /** of `numeric(12,2)`: 12 and 2 */
  readonly modifiers: readonly number[]
  /** of enums: the type's qualified name */
  readonly type: string
}

const maximumDepth = 32

/** The types of a surface, by name. */
export class BaseTypes {
  readonly #types: ReadonlyMap<string, TypeSurface>

  constructor(types: readonly TypeSurface[]) {
    this.#types = new Map(types.map((type) => [nameKey(type.schema, type.name), type]))
  }

  named(qualified: string): TypeSurface | undefined {
    return this.#types.get(nameKey(...parseQualifiedName(qualified)))
  }

  of(use: TypeUse, depth = 0): BaseType {
    const [schema, name] = parseQualifiedName(use.type)
    const found = this.named(use.type)
    if (found?.kind === 'domain' && depth < maximumDepth) {
      const base = this.of(found.base, depth + 1)
      return use.array ? { ...base, isArray: true } : base
    }
    const own = schema === 'pg_catalog' ? name : 'other'
    return {
      name: found === undefined || schema === 'pg_catalog' ? own : found.kind,
      isArray: use.array,
      modifiers: modifiersOf(use.formatted),
      type: use.type,
    }
  }
}

function modifiersOf(formatted: string): readonly number[] {
  const [, numbers] = /\((-?\d+(?:,-?\d+)?)\)/.exec(formatted.replaceAll(/"(?:[^"]|"")*"/g, '')) ?? []
  return numbers === undefined ? [] : numbers.split(',').map(Number)
}
