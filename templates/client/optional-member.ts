import { literal, typeKey } from './literals.js'

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
export function optionalMember(name: string, type: string): string {
  return `${typeKey(name)}?: ${type}${inherited.has(name) ? ` | Object[${literal(name)}]` : ''}`
}
