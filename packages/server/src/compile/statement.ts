import type { Slot } from '../plan/plan.js'

/** SQL with where its parameters come from: the same for every request of a shape. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly Parameter[]
}

/** A parameter's source, and the form in which PostgreSQL takes it. */
export type Parameter =
  | { readonly from: 'literal'; readonly slot: Slot; readonly form: LiteralForm }
  /** limit: never more than `maximum` */
  | { readonly from: 'limit'; readonly slot: Slot; readonly maximum: number | null }
  /** arguments of a variadic parameter, as one array */
  | { readonly from: 'variadic'; readonly slots: readonly Slot[] }
  /** what the request writes or calls with; of bytes, the bytes */
  | { readonly from: 'body'; readonly binary: boolean }

/** pattern: `*` stands for `%`. list: an array literal of several values. */
export type LiteralForm = 'text' | 'pattern' | 'list'

/** Numbers the parameters while a statement is written. The same source has one number. */
export class Parameters {
  private readonly numbers = new Map<string, number>()
  readonly list: Parameter[] = []

  /** The placeholder, `$n`. */
  place(parameter: Parameter): string {
    const key = JSON.stringify(parameter)
    const known = this.numbers.get(key)
    if (known !== undefined) return `$${known}`
    this.list.push(parameter)
    this.numbers.set(key, this.list.length)
    return `$${this.list.length}`
  }
}
