/** What of the SQL files is not in the database as they say. */
export interface LoadReport {
  /** stub extensions that are in use, by name */
  readonly stubs: readonly string[]
  /** indexes that need what a stub does not have: they change no answer, and were left out */
  readonly leftOut: readonly LeftOut[]
}

export interface LeftOut {
  readonly file: string
  /** 1-based */
  readonly line: number
  /** PostgreSQL's words */
  readonly reason: string
}
