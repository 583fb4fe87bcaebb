/** What an ErrorResponse says ("Error and Notice Message Fields" in PostgreSQL's manual). */
export interface ErrorFields {
  readonly code: string
  readonly message: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  /** the function of PostgreSQL's source that raised it */
  readonly routine?: string | undefined
}

export function readErrorFields(buffer: Buffer, start: number, end: number): ErrorFields {
  const fields = new Map<string, string>()
  for (let at = start; at < end && buffer[at] !== 0; ) {
    const zero = buffer.indexOf(0, at + 1)
    const stop = zero < 0 ? end : zero
    fields.set(String.fromCharCode(buffer[at] ?? 0), buffer.toString('utf8', at + 1, stop))
    at = stop + 1
  }
  return {
    code: fields.get('C') ?? 'XX000',
    message: fields.get('M') ?? '',
    detail: fields.get('D'),
    hint: fields.get('H'),
    routine: fields.get('R'),
  }
}
