import type { BoundValue } from './bound-value.js'

import { DatabaseError } from './errors.js'
import type { Prepared } from './prepared-statements.js'
import { type BodySink, type PartTaker, type Row, type RowSink, readDataRow, readRowHead } from './wire/data-row.js'
import { readErrorFields } from './wire/error-fields.js'

/** One statement of a batch. */
export interface Step {
  readonly text: string
  readonly values: readonly BoundValue[]
  /**
   * who runs it: PostgreSQL looks names up, and checks USAGE on their schemas, while it parses, so that what was prepared for
   * one role must not run as another
   */
  readonly role?: string
  /** never prepared under a name: code that ran before may have taken any name */
  readonly isUnnamed?: boolean
  /** nobody reads its rows */
  readonly ignoresRows?: boolean
  /** takes the last column of its one row, where that is long */
  readonly bodySink?: BodySink | undefined
  /** takes its rows one by one */
  readonly rowSink?: RowSink | undefined
  /** number of its columns, where the last one comes in PostgreSQL's binary form; all others come as text */
  readonly binaryColumn?: number | undefined
}

/** The rows of each step of a batch. */
export type BatchRows = readonly (readonly Row[])[]

/** A batch on its way, and what has come back of it. */
export class Batch {
  /** what was sent to be prepared, in order; null: under no name */
  readonly parsing: (Prepared | null)[] = []
  parsed = 0
  error: Error | null = null
  private readonly rows: Row[][] = []
  private current: Row[] = []

  constructor(
    readonly steps: readonly Step[],
    private readonly resolve: (rows: BatchRows) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  dataRow(buffer: Buffer, start: number): void {
    const step = this.steps[this.rows.length]
    if (step?.rowSink !== undefined) step.rowSink.row(buffer, start)
    else if (step?.ignoresRows !== true) this.current.push(readDataRow(buffer, start, step?.bodySink ?? null))
  }

  /** The beginning of a row: see `MessageHandler`. */
  dataRowBegins(buffer: Buffer, start: number, end: number): PartTaker | null {
    const begin = this.steps[this.rows.length]?.bodySink?.begin
    const head = begin === undefined ? null : readRowHead(buffer, start, end)
    const taker = head === null ? null : (begin?.(head.row, head.length, this.rows) ?? null)
    if (head === null || taker === null) return null
    this.current.push(head.row)
    taker.part(buffer.subarray(head.at, end))
    return taker
  }

  /** What has come so far is passed on. */
  flush(): void {
    this.steps[this.rows.length]?.rowSink?.flush(this.rows)
  }

  endStep(): void {
    this.flush()
    this.rows.push(this.current)
    this.current = []
  }

  fail(error: Error): void {
    this.error ??= error
  }

  errorResponse(buffer: Buffer, start: number, end: number): void {
    this.fail(new DatabaseError(readErrorFields(buffer, start, end), this.rows))
  }

  settle(): void {
    if (this.error === null) this.resolve(this.rows)
    else this.reject(this.error)
  }
}
