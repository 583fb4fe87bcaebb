import { type Expression, Node, type Type } from 'ts-morph'
import { originsOf } from './origins.js'

/** The texts that a type stands for; null where it may be any. Nothing, null and booleans stand for none. */
export function textsOf(type: Type): readonly string[] | null {
  if (type.isUnion() && !type.isBoolean()) return allOf(type.getUnionTypes().map(textsOf))
  const literal = type.getLiteralValue()
  if (typeof literal === 'string') return [literal]
  if (type.isTypeParameter()) {
    const constraint = type.getConstraint()
    return constraint ? textsOf(constraint) : null
  }
  if (type.isTemplateLiteral() || type.isString() || type.isAny() || type.isUnknown()) return null
  return []
}

/** Of an expression, wherever its value comes from. */
export function textsIn(expression: Expression): readonly string[] | null {
  return allOf(originsOf(expression).map((origin) => textsOf(origin.getType())))
}

/** The members of a list, a tuple, or of several that it may be; null for what is none. */
export function membersOf(type: Type): readonly Type[] | null {
  if (type.isUnion()) {
    const all = type.getUnionTypes().filter((member) => !member.isUndefined() && !member.isNull())
    return allOf(all.map(membersOf))
  }
  if (type.isTuple()) return type.getTupleElements()
  const element = type.isArray() || type.isReadonlyArray() ? type.getArrayElementType() : undefined
  return element ? [element] : null
}

/** The objects that a value may be. False and the like are none. */
export function objectsOf(type: Type): readonly Type[] {
  if (type.isUnion()) return type.getUnionTypes().flatMap(objectsOf)
  if (type.isTypeParameter()) {
    const constraint = type.getConstraint()
    return constraint ? objectsOf(constraint) : []
  }
  return type.isObject() || type.isIntersection() || type.isAny() || type.isUnknown() ? [type] : []
}

/** A property of a type, as it is seen at a place of the program. */
export function propertyOf(type: Type, name: string, at: Node): Type | null {
  const property = type.getProperty(name)
  return property ? property.getTypeAtLocation(at) : null
}

/** Initializers of a property in object literals; null where an object may not be one, so that only its type tells. */
export function initializersOf(origin: Expression, name: string): readonly Expression[] | null {
  if (!Node.isObjectLiteralExpression(origin)) return null
  if (origin.getProperties().some(Node.isSpreadAssignment)) return null
  const property = origin.getProperty(name)
  if (property === undefined) return []
  const initializer = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined
  return initializer ? [initializer] : null
}

/** Names of an object's properties; null where it may have any. */
export function keysOf(type: Type): readonly string[] | null {
  if (type.isAny() || type.isUnknown() || type.getStringIndexType() !== undefined) return null
  return type.getProperties().map((property) => property.getName())
}

/** What a call passes, with lists that are spread among the arguments. */
export function argumentTypes(args: readonly Node[]): readonly Type[] | null {
  return allOf(
    args.map((argument) => {
      if (!Node.isExpression(argument)) return null
      if (Node.isSpreadElement(argument)) {
        return allOf(originsOf(argument.getExpression()).map((origin) => spreadTypes(origin)))
      }
      return originsOf(argument).map((origin) => origin.getType())
    }),
  )
}

/** Of a rest parameter: what its callers pass is not a list any more. */
function spreadTypes(origin: Expression): readonly Type[] | null {
  return membersOf(origin.getType()) ?? (textsOf(origin.getType()) === null ? null : [origin.getType()])
}

function allOf<T>(all: readonly (readonly T[] | null)[]): readonly T[] | null {
  const found: T[] = []
  for (const some of all) {
    if (some === null) return null
    found.push(...some)
  }
  return found
}
