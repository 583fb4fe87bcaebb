import pg from 'pg'
import type { BoundValue } from '../compile/bind.js'
import { ConnectionLostError, DatabaseError } from './errors.js'

/** One statement of a batch. */
export interface Step {
  readonly text: string
  readonly values: readonly BoundValue[]
}

/** A row's columns as PostgreSQL's text. */
export type Row = readonly (string | null)[]

/** The rows of each step of a batch. */
export type BatchRows = readonly (readonly Row[])[]

/** A batch on its way, as pg wants its queries (`Submittable`). */
export class Batch {
  /** texts sent to be prepared, in order */
  readonly parsing: string[] = []
  parsed = 0
  private readonly rows: Row[][] = []
  private current: Row[] = []
  error: Error | null = null

  constructor(
    readonly steps: readonly Step[],
    private readonly send: () => void,
    private readonly resolve: (rows: BatchRows) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  submit(): void {
    this.send()
  }

  parseComplete(): void {
    this.parsed += 1
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { fields: Row }): void {
    this.current.push(fields)
  }

  handleCommandComplete(): void {
    this.rows.push(this.current)
    this.current = []
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete()
  }

  handlePortalSuspended(): void {}

  handleCopyInResponse(): void {}

  handleCopyData(): void {}

  handleError(error: Error): void {
    this.error ??= error instanceof pg.DatabaseError ? new DatabaseError(error) : new ConnectionLostError(error)
  }

  /** pg has its own idea of when a query is done: the connection's counts. */
  handleReadyForQuery(): void {}

  settle(): void {
    if (this.error === null) this.resolve(this.rows)
    else this.reject(this.error)
  }

  fail(error: Error): void {
    this.reject(this.error ?? error)
  }
}
