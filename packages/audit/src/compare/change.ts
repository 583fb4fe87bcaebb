/** One thing that a role may do. */
export interface Cell {
  /** relation or function in SQL's spelling, the function with its arguments */
  readonly object: string
  readonly verb: Verb
  /** as it is named, unquoted; absent where the verb is about whole rows */
  readonly column?: string
}

export type Verb = 'select' | 'insert' | 'update' | 'delete' | 'execute'

/** From harmless to worst. */
export const grades = ['safe', 'review', 'breaking', 'dangerous'] as const

/**
 * safe: nobody has to do anything. review: a role may do more, or other rows pass; look whether that is meant. breaking:
 * the role's client loses a member, or a type changes. dangerous: data may be open to those who should not have it.
 */
export type Grade = (typeof grades)[number]

/** What differs between two surfaces, as `rolecast diff --json` prints it. */
export interface Change extends Cell {
  readonly role: string
  /** type: what it is or does is another thing: a column's type, a function's body, a view's definition */
  readonly change: 'widened' | 'narrowed' | 'type'
  readonly grade: Grade
  /** one sentence: what is different, and why it has this grade */
  readonly message: string
  /** what of the role's client it concerns: `orders.total`, `orders.delete()` */
  readonly member: string
}

/** Whether a grade is as bad as another, or worse. */
export function isGradeAtLeast(grade: Grade, limit: Grade): boolean {
  return grades.indexOf(grade) >= grades.indexOf(limit)
}

/** A cell's name, equal for equal cells. */
export function keyOfCell({ object, verb, column }: Cell): string {
  return JSON.stringify([object, verb, column ?? null])
}
