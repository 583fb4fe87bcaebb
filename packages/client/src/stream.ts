import { type UnderWay, underWay } from './http/call.js'
import { defaultTimeout } from './http/context.js'
import { readText, unfit } from './http/response.js'
import { respond } from './http/send.js'
import type { Builder } from './query/builder.js'
import { revealer } from './query/items.js'
import { OnceBuilder } from './query/once.js'
import { readRows } from './query/read.js'
import { checkType } from './query/send.js'
import type { Call } from './types/call.js'

/**
 * The rows of a query one by one as they arrive, whatever their number: memory holds one row at a time. Leaving the loop
 * early ends the request. `maxResponseBytes` bounds each row (default 64 MiB) and, where it is given, all of them;
 * `deadline` has no default here. The rows that come back from a write are read as a whole: it is sent once.
 * @throws ApiError; a response that ends in the middle is a ResponseError
 * @throws TypeError for what gives no rows
 */
export async function* streamRows<O>(query: Call<readonly O[]>): AsyncGenerator<O> {
  const builder = query as unknown as Builder
  const { context, items, read, headers } = builder.state
  if (read !== readRows || headers.Accept?.includes('object')) throw new TypeError('streamRows takes a query for rows')
  if (builder instanceof OnceBuilder) return yield* (await builder) as O[]
  const request = builder.toRequest()
  const reveal = revealer(builder.state)
  const { maxResponseBytes, deadline = false } = context.options
  const call = underWay(context, request, deadline)
  const elements = new ArrayElements((maxResponseBytes ?? 2 ** 26) || Infinity)
  try {
    const response = await Promise.race([call.ended, respond(call)])
    checkType(call, response)
    for await (const piece of piecesOf(call, response)) {
      for (const text of elements.feed(piece)) {
        const row = JSON.parse(text)
        reveal?.(row)
        yield (context.features.made?.rows(row, items) ?? row) as O
      }
    }
    if (!elements.ended) throw new SyntaxError('The array of rows does not end')
  } catch (cause) {
    if (cause instanceof SyntaxError) call.stage = 'ResponseError'
    throw call.failure(cause)
  } finally {
    call.close()
  }
}

/** The body in pieces, each awaited for no longer than the timeout; in one, where there is no stream. */
async function* piecesOf(call: UnderWay, response: Response): AsyncGenerator<string> {
  const { timeout = defaultTimeout, maxResponseBytes } = call.context.options
  const reader = response.body?.getReader?.()
  if (!reader) return yield readText(call, response)
  const decoder = new TextDecoder()
  let size = 0
  try {
    for (;;) {
      const timer = timeout && setTimeout(() => call.end('TimeoutError', 'The answer does not go on'), timeout)
      const { value } = await Promise.race([call.ended, reader.read()]).finally(() => clearTimeout(timer || 0))
      if (!value) break
      size += value.length
      if (maxResponseBytes && size > maxResponseBytes)
        throw unfit(call, response, `More than ${maxResponseBytes} bytes`)
      yield decoder.decode(value, { stream: true })
    }
    yield decoder.decode()
  } finally {
    reader.cancel().catch(() => {})
  }
}

/** What a reader of JSON stops at that is not interested in values: in a string, in the array, before and after it. */
const inString = /["\\]/g
const inArray = /["[\]{},]/g
const elsewhere = /\S/g

/**
 * Cuts a JSON array that comes in pieces into the texts of its elements, without reading what is in them. Each character is
 * looked at once, whatever the pieces are.
 */
class ArrayElements {
  ended = false
  #depth = 0
  #isString = false
  #hasElements = false
  /** of an element that has not ended yet */
  #parts: string[] = []
  #length = 0
  /** characters of the next piece that a backslash before it makes plain ones */
  #skip = 0

  /** @param limit characters of an element */
  constructor(readonly limit: number) {}

  feed(piece: string): string[] {
    const elements: string[] = []
    let from = 0
    let at = Math.min(this.#skip, piece.length)
    this.#skip -= at
    for (;;) {
      const stop = this.#isString ? inString : this.#depth > 0 ? inArray : elsewhere
      stop.lastIndex = at
      const [sign] = stop.exec(piece) ?? []
      if (sign === undefined) break
      at = stop.lastIndex
      if (sign === '\\') {
        this.#skip = at === piece.length ? 1 : 0
        at += 1
      } else if (sign === '"' && this.#depth > 0) this.#isString = !this.#isString
      else {
        const depth = this.#depth + (sign === '[' || sign === '{' ? 1 : sign === ',' ? 0 : -1)
        if (this.#depth === 0 && (sign !== '[' || this.ended)) throw new SyntaxError('The response is not one array')
        if (this.#depth === 0) from = at
        else if (depth === 0 || (depth === 1 && sign === ',')) {
          const element = this.#take(piece.slice(from, at - 1))
          if (element.trim() !== '' || sign === ',' || this.#hasElements) elements.push(element)
          this.#hasElements = true
          from = at
          if (depth === 0 && sign !== ']') throw new SyntaxError('The response is not one array')
          this.ended = depth === 0
        }
        this.#depth = depth
      }
    }
    if (this.#depth > 0) this.#keep(piece.slice(from))
    return elements
  }

  #take(end: string): string {
    this.#keep(end)
    const element = this.#parts.join('')
    this.#parts = []
    this.#length = 0
    return element
  }

  #keep(part: string): void {
    this.#parts.push(part)
    this.#length += part.length
    if (this.#length > this.limit) throw new SyntaxError(`A row has more than ${this.limit} bytes`)
  }
}
