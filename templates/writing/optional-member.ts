import { literal, typeKey } from './literals.js'
import { type Source, source } from './source.js'

/** Members of every object: TypeScript finds them in object literals that have no key of such a name. */
const inherited: ReadonlySet<string> = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
])

/** What a type that may be left out also has to take, as ` | Object['toString']`, or nothing for most names. */
export function inheritedType(name: string): string {
  return inherited.has(name) ? ` | Object[${literal(name)}]` : ''
}

/** A member that an object literal can leave out, whatever it is called. */
export function optionalMember(name: string, type: string): string
export function optionalMember(name: string, type: Source): Source
export function optionalMember(name: string, type: string | Source): string | Source {
  const own = inheritedType(name)
  return typeof type === 'string' ? `${typeKey(name)}?: ${type}${own}` : source`${typeKey(name)}?: ${type}${own}`
}
