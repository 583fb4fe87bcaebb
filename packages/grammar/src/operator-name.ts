/** What may follow the name of an operator: `eq(any).`, `fts(english).`, `in.(…)`, `is.null`, or just a value. */
export type OperatorShape = 'plain' | 'quantifiable' | 'full text' | 'list' | 'is'

/** The operators of conditions. Those of one shape stand in the order in which errors list them. */
const shapes = {
  eq: 'quantifiable',
  gte: 'quantifiable',
  gt: 'quantifiable',
  lte: 'quantifiable',
  lt: 'quantifiable',
  like: 'quantifiable',
  ilike: 'quantifiable',
  match: 'quantifiable',
  imatch: 'quantifiable',
  neq: 'plain',
  isdistinct: 'plain',
  cs: 'plain',
  cd: 'plain',
  ov: 'plain',
  sl: 'plain',
  sr: 'plain',
  nxr: 'plain',
  nxl: 'plain',
  adj: 'plain',
  fts: 'full text',
  plfts: 'full text',
  phfts: 'full text',
  wfts: 'full text',
  in: 'list',
  is: 'is',
} as const satisfies Record<string, OperatorShape>

export type Operator = keyof typeof shapes
/** The operators of one shape. */
export type OperatorOf<S extends OperatorShape> = {
  [name in Operator]: (typeof shapes)[name] extends S ? name : never
}[Operator]

export const operatorShapes: Readonly<Record<Operator, OperatorShape>> = shapes

/** The operators of one shape, in the order in which errors list them. */
export function operatorsOf(shape: OperatorShape): readonly Operator[] {
  return (Object.keys(shapes) as Operator[]).filter((name) => shapes[name] === shape)
}

/** Its shape, or undefined where there is no such operator. */
export function operatorShape(name: string): OperatorShape | undefined {
  return Object.hasOwn(operatorShapes, name) ? operatorShapes[name as Operator] : undefined
}

const language = /^[\p{L}0-9_ $]+$/u

/**
 * Whether a parameter with this value is a filter, right or wrong, and not a function's argument: it starts with
 * `not.`, or with an operator and its dot or modifier.
 */
export function startsLikeOperator(value: string): boolean {
  if (value.startsWith('not.')) return true
  const [, name = '', modifier] = /^([a-z]+)(?:\.|\(([^()]*)\)\.)/.exec(value) ?? []
  const shape = operatorShape(name)
  if (shape === undefined) return false
  if (modifier === undefined) return true
  if (shape === 'quantifiable') return modifier === 'any' || modifier === 'all'
  return shape === 'full text' && language.test(modifier)
}
