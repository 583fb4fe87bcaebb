import { type Expression, Node, type Type } from 'ts-morph'
import type { FoundUsage } from './found-usage.js'
import { generatedFile } from './generated-file.js'
import { isOfClient } from './read-client.js'
import { isSupabaseBuilder, isSupabaseClient } from './supabase-chain.js'

/** Finds clients that go where types do not follow them: into `any` or `unknown`, or by names that are made at run time. */
export function readEscape(node: Node, supabaseRoles: readonly string[], found: FoundUsage): undefined {
  if (Node.isAsExpression(node) && isOpaque(node.getType())) return say(node, node.getExpression(), 'is cast to any')
  if (Node.isVariableDeclaration(node)) {
    const initializer = node.getInitializer()
    if (initializer && node.getTypeNode() && isOpaque(node.getType())) say(node, initializer, 'is called any')
    return
  }
  if (Node.isElementAccessExpression(node) && isOpaque(node.getType())) {
    return say(node, node.getExpression(), 'is asked for a name that cannot be told')
  }
  if (!Node.isCallExpression(node)) return
  const parameters = node.getProject().getTypeChecker().getResolvedSignature(node)?.getParameters() ?? []
  for (const [position, argument] of node.getArguments().entries()) {
    const declared = parameters[position]?.getValueDeclaration()
    if (Node.isExpression(argument) && declared && isOpaque(declared.getType())) say(node, argument, 'is passed as any')
  }

  function say(place: Node, client: Expression, what: string): undefined {
    const type = client.getType()
    const role = roleOfClient(type)
    if (role === null && !isSupabaseClient(type) && !isSupabaseBuilder(type) && !isOfClient(type)) return
    found.cannotTell(place, role === null ? supabaseRoles : [role], `A client ${what}.`, null)
  }
}

const isOpaque = (type: Type) => type.isAny() || type.isUnknown()

/** Of `Db`, and the interfaces of its other schemas. */
function roleOfClient(type: Type): string | null {
  const [declaration] = type.getSymbol()?.getDeclarations() ?? []
  const file = declaration && generatedFile(declaration.getSourceFile())
  return file && type.getProperty('with') && type.getProperty('rpc') ? file.role : null
}
