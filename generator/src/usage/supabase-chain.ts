import { type CallExpression, type Expression, Node, type Type } from 'ts-morph'
import { generatedFile } from './generated-file.js'
import { textsIn, textsOf } from './literals.js'
import { originsOf } from './origins.js'

/** Classes of supabase-js and postgrest-js whose methods are steps of a call. */
const builders: ReadonlySet<string> = new Set([
  'PostgrestQueryBuilder',
  'PostgrestFilterBuilder',
  'PostgrestTransformBuilder',
  'PostgrestBuilder',
])
const clients: ReadonlySet<string> = new Set(['SupabaseClient', 'PostgrestClient'])

export const isSupabaseBuilder = (type: Type) => isOneOf(type, builders)
export const isSupabaseClient = (type: Type) => isOneOf(type, clients)

function isOneOf(type: Type, names: ReadonlySet<string>): boolean {
  if (type.isUnion()) return type.getUnionTypes().some((one) => isOneOf(one, names))
  const symbol = type.getSymbol()
  if (symbol === undefined || !names.has(symbol.getName())) return false
  return symbol
    .getDeclarations()
    .some((declaration) => /(?:postgrest|supabase)-js/.test(declaration.getSourceFile().getFilePath()))
}

/** What comes before a step of a call. */
export interface Chain {
  /** what `from(…)` was given; null: it cannot be told */
  readonly relations: readonly string[] | null
  /** what `rpc(…)` was given, of the rows of a function; null: it is a relation's */
  readonly routines: readonly string[] | null
  /** what `schema(…)` or the client's type says; null: the default one */
  readonly schema: string | null
  /** the role that generated types are for */
  readonly role: string | null
  /** calls of `select`, `insert` and so on before the step */
  readonly calls: readonly CallExpression[]
}

const nothing: Chain = { relations: null, routines: null, schema: null, role: null, calls: [] }

/** Follows a call back to its client, through variables, parameters and helpers' callers. */
export function chainOf(expression: Expression, depth = 0): Chain {
  const own: Chain = { ...nothing, ...fromTypes(expression.getType()) }
  if (depth > 40) return own
  const origins = originsOf(expression)
  const [only, ...more] = origins
  if (only === undefined) return own
  if (more.length > 0 || only !== expression) {
    return merged(
      own,
      origins.map((origin) => (origin === expression ? own : chainOf(origin, depth + 1))),
    )
  }
  if (Node.isIdentifier(expression))
    return merged(
      own,
      assignedTo(expression).map((one) => chainOf(one, depth + 1)),
    )
  if (!Node.isCallExpression(expression)) return own
  const callee = expression.getExpression()
  if (!Node.isPropertyAccessExpression(callee)) return own
  const before = chainOf(callee.getExpression(), depth + 1)
  const known = { ...before, role: before.role ?? own.role, relations: before.relations ?? own.relations }
  const [argument] = expression.getArguments()
  const texts = Node.isExpression(argument) ? textsIn(argument) : null
  switch (callee.getName()) {
    case 'schema':
      return { ...known, schema: texts?.[0] ?? null }
    case 'from':
      return { ...known, relations: texts, routines: null }
    case 'rpc':
      return { ...known, routines: texts ?? [] }
    default:
      return { ...known, calls: [...before.calls, expression] }
  }
}

/** Of a variable that is built up step by step: what it begins with, and everything that is assigned later. */
function assignedTo(identifier: Expression): readonly Expression[] {
  const [declaration] = identifier.getSymbol()?.getDeclarations() ?? []
  if (!Node.isVariableDeclaration(declaration)) return []
  const initializer = declaration.getInitializer()
  return initializer ? [initializer] : []
}

function merged(own: Chain, chains: readonly Chain[]): Chain {
  const relations = chains.every((chain) => chain.relations !== null)
    ? [...new Set(chains.flatMap((chain) => chain.relations ?? []))]
    : null
  const routines = chains.flatMap((chain) => chain.routines ?? [])
  return {
    relations: (chains.length > 0 ? relations : null) ?? own.relations,
    routines: routines.length > 0 ? routines : null,
    schema: chains.find(({ schema }) => schema !== null)?.schema ?? own.schema,
    role: chains.find(({ role }) => role !== null)?.role ?? own.role,
    calls: chains.flatMap(({ calls }) => calls),
  }
}

/** What the type arguments of clients and builders say. */
function fromTypes(type: Type): Partial<Chain> {
  const [one = type] = type.isUnion() ? type.getUnionTypes() : [type]
  const given = one.getTypeArguments()
  const named = parametersOf(one)
  const texts = (name: string) => {
    const argument = given[named.indexOf(name)]
    const found = argument && textsOf(argument)
    return found && found.length > 0 ? found : null
  }
  const relations = texts('RelationName')
  return { ...(relations && { relations }), schema: texts('SchemaName')?.[0] ?? null, role: roleIn(given) }
}

/** Names of the type parameters of a class. */
function parametersOf(type: Type): readonly string[] {
  const declarations = type.getSymbol()?.getDeclarations() ?? []
  const declaration = declarations.find(Node.isClassDeclaration)
  return declaration?.getTypeParameters().map((parameter) => parameter.getName()) ?? []
}

/** Types of a database that `rolecast generate` wrote are for one role. */
function roleIn(types: readonly Type[]): string | null {
  for (const type of types) {
    const symbol = type.getAliasSymbol() ?? type.getSymbol()
    const file = symbol?.getDeclarations()[0]?.getSourceFile()
    const role = file && generatedFile(file)?.role
    if (role) return role
  }
  return null
}
