import type { ObjectName } from '@rolecast/audit'
import { type CallExpression, type Expression, Node, type Type } from 'ts-morph'
import { beginnings, clientSteps } from './client-steps.js'
import { type ClientTable, tableIn } from './client-table.js'
import type { FoundUsage } from './found-usage.js'
import { generatedFile } from './generated-file.js'
import { keysOf, objectsOf } from './literals.js'
import { originsOf } from './origins.js'

/** Reads one call of a program, if it is a step of a generated client's query. */
export function readClientCall(call: CallExpression, found: FoundUsage): void {
  const callee = call.getExpression()
  if (!Node.isPropertyAccessExpression(callee) && !Node.isElementAccessExpression(callee)) return
  const receiver = callee.getExpression()
  if (readFunctionCall(call, callee, receiver.getType(), found)) return
  if (!Node.isPropertyAccessExpression(callee)) return
  const name = callee.getName()
  const read = clientSteps[name]
  if (read === undefined || !isOfClient(receiver.getType())) return
  if (beginnings.has(name)) found.calls += 1
  const tables = tablesOf(receiver)
  if (tables === null) {
    found.cannotTell(call, [], 'The relation cannot be told.', null)
    return
  }
  for (const table of tables) {
    const roles = [table.file.role]
    const uses = read({ call, table, isWrite: isWrite(receiver.getType()), routine: routineOf(receiver, table) })
    if (uses === null) found.cannotTell(call, roles, `What ${name}() names cannot be told.`, null)
    else found.add(roles, ...uses)
  }
}

/** Types of the client's runtime, of which steps are called. */
const interfaces: ReadonlySet<string> = new Set([
  'Rows',
  'RowsCall',
  'RowCall',
  'MaybeRowCall',
  'Returned',
  'Selectable',
  'Filterable',
  'Unfiltered',
  'ReturningWrite',
  'Write',
  'Insertable',
  'BlindInsertable',
  'Mergeable',
  'MergeableByKey',
  'Ignorable',
  'IgnorableByKey',
  'Updatable',
  'BlindUpdatable',
  'AllUpdatable',
  'Deletable',
  'BlindDeletable',
  'AllDeletable',
  'OnlyAll',
])

export function isOfClient(type: Type, depth = 0): boolean {
  if (depth > 3) return false
  if (type.isUnion()) return type.getUnionTypes().some((one) => isOfClient(one, depth + 1))
  if (type.isIntersection()) return type.getIntersectionTypes().some((one) => isOfClient(one, depth + 1))
  const symbol = type.getSymbol()
  if (symbol && interfaces.has(symbol.getName()) && symbol.getDeclarations().some(isDeclaredByClient)) return true
  return type.isInterface() && type.getBaseTypes().some((one) => isOfClient(one, depth + 1))
}

/** In `@rolecast/client`, wherever it is installed, or in the runtime that a client has with it. */
function isDeclaredByClient(declaration: Node): boolean {
  const path = declaration.getSourceFile().getFilePath()
  return /\/(?:@rolecast\/client|packages\/client|runtime)\//.test(path)
}

/** The relations that a query is about; of a parameter of any relation, those of all callers. */
function tablesOf(receiver: Expression): readonly ClientTable[] | null {
  const type = receiver.getType()
  const own = (type.isUnion() ? type.getUnionTypes() : [type]).map((one) => tableIn(one, receiver))
  const known = own.filter((table) => table !== null)
  if (known.length === own.length) return known
  const root = rootOf(receiver)
  const origins = originsOf(root).filter((origin) => origin !== receiver)
  if (origins.length === 0) return null
  const found: ClientTable[] = []
  for (const origin of origins) {
    const tables = tablesOf(origin)
    if (tables === null) return null
    found.push(...tables)
  }
  return found
}

/** What a chain of calls begins with: `db.orders` of `db.orders.update(…).where(…)`. */
function rootOf(expression: Expression): Expression {
  if (!Node.isCallExpression(expression)) return expression
  const callee = expression.getExpression()
  return Node.isPropertyAccessExpression(callee) ? rootOf(callee.getExpression()) : expression
}

/** Reads have `of_`; writes do not. */
function isWrite(type: Type): boolean {
  const [one] = type.isUnion() ? type.getUnionTypes() : [type]
  return one?.getProperty('of_') === undefined && one?.getProperty('select') === undefined
}

/** The function whose rows a query is about. */
function routineOf(receiver: Expression, table: ClientTable): ObjectName | null {
  const type = receiver.getType()
  const name = type.getSymbol()?.getName() ?? ''
  const isResult = ['RowsCall', 'RowCall', 'MaybeRowCall'].includes(name)
  const which = type.getProperty('which_')?.getTypeAtLocation(receiver).getLiteralValue()
  const root = rootOfCalls(receiver)
  const routine = root && functionOf(root)?.routine
  if (routine) return routine
  const isStripped = which === 'alone' && !isResult && /\.stripNulls\(/.test(receiver.getText())
  return isResult || (which === 'alone' && !isStripped) ? { schema: table.relation.schema, name: '' } : null
}

/** The first call of a chain. */
function rootOfCalls(expression: Expression): CallExpression | null {
  for (const origin of originsOf(expression)) {
    if (!Node.isCallExpression(origin)) continue
    const callee = origin.getExpression()
    const inner = Node.isPropertyAccessExpression(callee) ? rootOfCalls(callee.getExpression()) : null
    return inner ?? origin
  }
  return null
}

interface FunctionCall {
  readonly role: string
  readonly routine: ObjectName
  readonly names: Readonly<Record<string, string>>
}

/** `db.rpc.f(…)` */
function functionOf(call: CallExpression): FunctionCall | null {
  const callee = call.getExpression()
  if (!Node.isPropertyAccessExpression(callee)) return null
  return functionNamed(callee.getExpression().getType(), callee.getName())
}

function functionNamed(type: Type, property: string): FunctionCall | null {
  const symbol = type.getSymbol()
  const source = symbol?.getDeclarations()[0]?.getSourceFile()
  const file = source && generatedFile(source)
  const schema = file?.functionsOf.get(symbol?.getName() ?? '')
  if (!file || schema === undefined) return null
  const found = file.schemas.find(({ name }) => name === schema)?.functions.find((one) => one.property === property)
  return { role: file.role, routine: { schema, name: found?.name ?? property }, names: found?.names ?? {} }
}

function readFunctionCall(call: CallExpression, callee: Expression, receiver: Type, found: FoundUsage): boolean {
  const names = Node.isPropertyAccessExpression(callee)
    ? [callee.getName()]
    : Node.isElementAccessExpression(callee)
      ? (keysOfAccess(callee.getArgumentExpression()) ?? [])
      : []
  const functions = names.flatMap((name) => functionNamed(receiver, name) ?? [])
  if (functions.length === 0) return false
  found.calls += 1
  for (const { role, routine, names: renamed } of functions) {
    const given = argumentNames(call)
    const named = given === 'unknown' ? given : given.map((name) => renamed[name] ?? name)
    found.add([role], { kind: 'call', routine, arguments: named })
  }
  return true
}

function keysOfAccess(argument: Expression | undefined): readonly string[] | null {
  const value = argument?.getType().getLiteralValue()
  return typeof value === 'string' ? [value] : null
}

/** Optional ones may be left out: overloads and defaults are then those of any choice. */
function argumentNames(call: CallExpression): readonly string[] | 'unknown' {
  const [argument] = call.getArguments()
  if (argument === undefined) return []
  if (!Node.isExpression(argument)) return 'unknown'
  const names = new Set<string>()
  for (const object of originsOf(argument).flatMap((origin) => objectsOf(origin.getType()))) {
    const keys = keysOf(object)
    if (keys === null || object.getProperties().some((property) => property.isOptional())) return 'unknown'
    for (const key of keys) names.add(key)
  }
  return [...names]
}
