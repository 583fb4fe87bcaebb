/**
 * A CHECK as it can be judged outside of PostgreSQL. It holds columns, constants and PostgreSQL's own functions and
 * operators only; every other part is `unknown`, and so names nothing.
 */
export type CheckExpression =
  | { readonly kind: 'column'; readonly name: string }
  /** VALUE, of a domain */
  | { readonly kind: 'value' }
  /** text as PostgreSQL prints it: `type` is null until a cast says it, `numeric` or `boolean` where the form does */
  | { readonly kind: 'constant'; readonly value: string | null; readonly type: string | null }
  | { readonly kind: 'list'; readonly items: readonly CheckExpression[] }
  | { readonly kind: 'cast'; readonly type: string; readonly operand: CheckExpression }
  | {
      readonly kind: 'operator'
      readonly operator: string
      readonly left: CheckExpression
      readonly right: CheckExpression
    }
  /** `left operator ANY (list)`, or ALL */
  | {
      readonly kind: 'quantified'
      readonly operator: string
      readonly quantifier: 'any' | 'all'
      readonly left: CheckExpression
      readonly list: CheckExpression
    }
  | { readonly kind: 'call'; readonly function: string; readonly arguments: readonly CheckExpression[] }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly CheckExpression[] }
  | { readonly kind: 'not'; readonly operand: CheckExpression }
  | {
      readonly kind: 'is'
      readonly what: 'null' | 'true' | 'false' | 'unknown'
      readonly negated: boolean
      readonly operand: CheckExpression
    }
  | { readonly kind: 'distinct'; readonly left: CheckExpression; readonly right: CheckExpression }
  | { readonly kind: 'unknown' }

export const unknown: CheckExpression = { kind: 'unknown' }

/** The same expression, with each part as `change` has it: parts first, then what is made of them. */
export function mapCheck(
  expression: CheckExpression,
  change: (part: CheckExpression) => CheckExpression,
): CheckExpression {
  const map = (part: CheckExpression) => mapCheck(part, change)
  switch (expression.kind) {
    case 'list':
      return change({ ...expression, items: expression.items.map(map) })
    case 'call':
      return change({ ...expression, arguments: expression.arguments.map(map) })
    case 'and':
    case 'or':
      return change({ ...expression, operands: expression.operands.map(map) })
    case 'cast':
    case 'not':
    case 'is':
      return change({ ...expression, operand: map(expression.operand) })
    case 'operator':
    case 'distinct':
      return change({ ...expression, left: map(expression.left), right: map(expression.right) })
    case 'quantified':
      return change({ ...expression, left: map(expression.left), list: map(expression.list) })
    default:
      return change(expression)
  }
}
