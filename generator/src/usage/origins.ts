import { type Expression, Node, type ParameterDeclaration, SyntaxKind } from 'ts-morph'
import { referencesTo } from './references.js'

/** Functions that call each other in circles, and long chains of them, are left at their declared types. */
const deepest = 8

/**
 * Where the value of an expression comes from, as far as the program tells: initializers of constants, both sides of a
 * choice, and for a parameter what every caller passes. Types are narrower there than where a function declares them. What
 * leads nowhere stands for itself.
 */
export function originsOf(expression: Expression, depth = 0): readonly Expression[] {
  if (depth > deepest) return [expression]
  const further = (next: Expression) => originsOf(next, depth + 1)
  if (Node.isParenthesizedExpression(expression) || Node.isSatisfiesExpression(expression)) {
    return further(expression.getExpression())
  }
  if (Node.isNonNullExpression(expression)) return further(expression.getExpression())
  if (Node.isAwaitExpression(expression)) return [expression]
  if (Node.isConditionalExpression(expression)) {
    return [...further(expression.getWhenTrue()), ...further(expression.getWhenFalse())]
  }
  if (Node.isBinaryExpression(expression)) {
    const kind = expression.getOperatorToken().getKind()
    if (kind === SyntaxKind.AmpersandAmpersandToken) return further(expression.getRight())
    if (kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken) {
      return [...further(expression.getLeft()), ...further(expression.getRight())]
    }
    return [expression]
  }
  if (!Node.isIdentifier(expression)) return [expression]
  const [declaration] = expression.getSymbol()?.getDeclarations() ?? []
  if (Node.isVariableDeclaration(declaration)) {
    const initializer = declaration.getInitializer()
    const isConstant = declaration.getVariableStatement()?.getDeclarationKind() === 'const'
    return initializer && isConstant ? further(initializer) : [expression]
  }
  if (Node.isParameterDeclaration(declaration)) {
    const passed = passedTo(declaration)
    return passed === null ? [expression] : passed.flatMap(further)
  }
  return [expression]
}

const known = new WeakMap<ParameterDeclaration, readonly Expression[] | null>()

/** What callers pass for a parameter; null where not all of them can be found. */
function passedTo(parameter: ParameterDeclaration): readonly Expression[] | null {
  const before = known.get(parameter)
  if (before !== undefined) return before
  known.set(parameter, null)
  const found = findPassed(parameter)
  known.set(parameter, found)
  return found
}

function findPassed(parameter: ParameterDeclaration): readonly Expression[] | null {
  if (!Node.isIdentifier(parameter.getNameNode())) return null
  const owner = parameter.getParent()
  const name = nameOfFunction(owner)
  if (name === null || !('getParameters' in owner)) return null
  const position = owner.getParameters().indexOf(parameter)
  const passed: Expression[] = []
  let calls = 0
  for (const reference of referencesTo(name)) {
    if (isDeclarationOf(reference, name) || isImportOrExport(reference)) continue
    const callee = Node.isPropertyAccessExpression(reference.getParent()) ? reference.getParent() : reference
    const call = callee?.getParent()
    if (!Node.isCallExpression(call) || call.getExpression() !== callee) return null
    calls += 1
    const given = call.getArguments().slice(position, parameter.isRestParameter() ? undefined : position + 1)
    if (call.getArguments().slice(0, position).some(Node.isSpreadElement)) return null
    for (const item of given) {
      if (!Node.isExpression(item)) return null
      passed.push(item)
    }
    const initializer = parameter.getInitializer()
    if (given.length === 0 && initializer) passed.push(initializer)
  }
  return calls === 0 ? null : passed
}

function nameOfFunction(owner: Node) {
  if (Node.isFunctionDeclaration(owner) || Node.isMethodDeclaration(owner)) {
    const name = owner.getNameNode()
    return Node.isIdentifier(name) ? name : null
  }
  if (Node.isArrowFunction(owner) || Node.isFunctionExpression(owner)) {
    const parent = owner.getParent()
    const name = Node.isVariableDeclaration(parent) ? parent.getNameNode() : undefined
    return Node.isIdentifier(name) ? name : null
  }
  return null
}

const isDeclarationOf = (reference: Node, name: Node) =>
  reference.getPos() === name.getPos() && reference.getSourceFile() === name.getSourceFile()

const isImportOrExport = (reference: Node) =>
  reference.getFirstAncestor(
    (node) => Node.isImportDeclaration(node) || Node.isExportDeclaration(node) || Node.isExportAssignment(node),
  ) !== undefined
