/** What a condition may come to, of SQL's three: a set. */
export interface Outcomes {
  readonly true: boolean
  readonly false: boolean
  readonly null: boolean
}

export const any: Outcomes = { true: true, false: true, null: true }
export const onlyNull: Outcomes = { true: false, false: false, null: true }
export const only = (value: boolean): Outcomes => ({ true: value, false: !value, null: false })

export const not = (one: Outcomes): Outcomes => ({ true: one.false, false: one.true, null: one.null })

export function and(parts: readonly Outcomes[]): Outcomes {
  return {
    true: parts.every((part) => part.true),
    false: parts.some((part) => part.false),
    null: parts.some((part) => part.null) && parts.every((part) => part.true || part.null),
  }
}

export const or = (parts: readonly Outcomes[]): Outcomes => not(and(parts.map(not)))
