import { ResponseError } from './errors/api-error.js'
import { respond } from './http/send.js'
import type { Builder } from './query/builder.js'
import type { Call } from './types/call.js'

/**
 * The rows of a query one by one as they arrive, whatever their number: memory holds one row at a time. Leaving the loop
 * early ends the request.
 * @throws ApiError; a response that ends in the middle is a ResponseError
 */
export async function* streamRows<O>(query: Call<readonly O[]>): AsyncGenerator<O> {
  const builder = query as unknown as Builder
  const { context, items } = builder.state
  const request = builder.toRequest()
  const response = await respond(context, request)
  const { method, path } = request
  const elements = new ArrayElements()
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) break
      for (const text of elements.feed(decoder.decode(value, { stream: true }))) {
        const row = JSON.parse(text)
        yield (context.bigints ? context.bigints.rows(row, items) : row) as O
      }
    }
    if (!elements.ended) throw new SyntaxError('The array of rows does not end')
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new ResponseError({ message: cause.message, status: response.status, method, path, cause })
  } finally {
    await reader?.cancel().catch(() => {})
  }
}

/** Cuts a JSON array that comes in pieces into the texts of its elements, without reading what is in them. */
class ArrayElements {
  #depth = 0
  #inString = false
  #escaped = false
  #rest = ''
  #started = false
  ended = false

  feed(piece: string): string[] {
    const elements: string[] = []
    let from = 0
    const text = this.#rest + piece
    for (let at = this.#rest.length; at < text.length; at++) {
      const character = text[at]
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (character === '\\') this.#escaped = true
        else if (character === '"') this.#inString = false
      } else if (character === '"') this.#inString = true
      else if (character === '[' || character === '{') {
        if (++this.#depth === 1) {
          if (character === '{' || this.#started) throw new SyntaxError('The response is not one array')
          this.#started = true
          from = at + 1
        }
      } else if (character === ']' || character === '}' || (character === ',' && this.#depth === 1)) {
        if (character !== ',') this.#depth--
        if (this.#depth > 1 || (this.#depth === 1 && character !== ',')) continue
        const element = text.slice(from, at)
        if (element.trim() !== '') elements.push(element)
        from = at + 1
        this.ended = this.#depth === 0
      }
    }
    this.#rest = text.slice(from)
    return elements
  }
}
