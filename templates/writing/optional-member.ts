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

/** A member that an object literal can leave out, whatever it is called. */
export function optionalMember(name: string, type: string): string
export function optionalMember(name: string, type: Source): Source
export function optionalMember(name: string, type: string | Source): string | Source {
  const own = inherited.has(name) ? ` | Object[${literal(name)}]` : ''
  return typeof type === 'string' ? `${typeKey(name)}?: ${type}${own}` : source`${typeKey(name)}?: ${type}${own}`
}
