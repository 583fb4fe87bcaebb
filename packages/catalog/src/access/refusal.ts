/** Why PostgreSQL refuses something: one fact, and what it follows from. */
export interface Refusal {
  /** the rule of PostgreSQL's that decides; tests and readers group by it */
  readonly rule:
    | 'schema'
    | 'grant'
    | 'view'
    | 'function'
    | 'sequence'
    | 'row security'
    | 'not updatable'
    | 'generated'
    | 'recursion'
    | 'required'
    | 'key'
  /** in words, made when somebody asks: surfaces only ask whether there is a refusal */
  readonly fact: () => string
  readonly because: Refusal | null
}

export function refuse(rule: Refusal['rule'], fact: () => string, because: Refusal | null = null): Refusal {
  return { rule, fact, because }
}

/** The refusal with what it happened for in front, or still none. */
export function within(outer: () => string, refusal: Refusal | null): Refusal | null {
  return refusal && refuse(refusal.rule, outer, refusal)
}

/** The first refusal, in the order given; later ones are not even looked at. */
export function firstOf(...checks: readonly (() => Refusal | null)[]): Refusal | null {
  for (const check of checks) {
    const refusal = check()
    if (refusal !== null) return refusal
  }
  return null
}

export function firstIn<Item>(items: Iterable<Item>, check: (item: Item) => Refusal | null): Refusal | null {
  for (const item of items) {
    const refusal = check(item)
    if (refusal !== null) return refusal
  }
  return null
}

/** From the outermost fact to the one that all follows from. */
export function factsOf(refusal: Refusal): string[] {
  const facts: string[] = []
  for (let next: Refusal | null = refusal; next !== null; next = next.because) facts.push(next.fact())
  return facts
}

/** Rows that a statement may touch: none ever, some that policies or code decide on, or all. */
export type Rows = 'none' | 'some' | 'all'

export interface Decision {
  readonly refusal: Refusal | null
  readonly rows: Rows
}

/** Rows that pass both conditions. */
export function both(a: Rows, b: Rows): Rows {
  if (a === 'none' || b === 'none') return 'none'
  return a === 'all' && b === 'all' ? 'all' : 'some'
}

/** Nothing is done. */
export function refused(refusal: Refusal): Decision {
  return { refusal, rows: 'none' }
}
