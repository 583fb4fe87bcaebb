/**
 * A request that the grammar has no reading for. `code` is PostgREST's ("Errors" in its manual): PGRST100 for what
 * cannot be parsed, PGRST103 for an impossible range, PGRST108 for a name that is not embedded.
 */
export class GrammarError extends Error {
  override readonly name = 'GrammarError'

  constructor(
    readonly code: 'PGRST100' | 'PGRST103' | 'PGRST108',
    message: string,
    readonly details: string | null = null,
    readonly hint: string | null = null,
  ) {
    super(message)
  }
}

/** Thrown by scanners where the text does not fit; whoever knows which parameter it was makes a GrammarError of it. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

/** One for all: it says nothing but "here", and making stack traces would cost more than parsing. */
export const mismatch = new Mismatch('the text does not fit the grammar')
