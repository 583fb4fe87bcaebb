import { ApiError } from '../errors/api-error.js'
import type { Answer } from '../http/send.js'
import type { State } from './state.js'

/** Ways to make a result of an answer. @throws SyntaxError, made a ResponseError, where it is no JSON */

export function readNothing(): void {}

export function readText({ text }: Answer): string {
  return text
}

export function readJson({ text }: Answer): unknown {
  return JSON.parse(text)
}

export function readRows(answer: Answer, { context, query }: State): unknown {
  const value = readJson(answer)
  return context.bigints ? context.bigints.rows(value, query.selection) : value
}

export function readMaybe(answer: Answer, state: State): unknown {
  const [row = null, ...more] = readRows(answer, state) as unknown[]
  if (more.length === 0) return row
  throw new ApiError({ message: 'There is more than one row', code: 'PGRST116', status: answer.response.status })
}

/** The total of `Content-Range: 0-24/3573` (PostgREST, "Counting"). */
export function readCount({ response }: Answer): number {
  return Number(response.headers.get('Content-Range')?.split('/')[1])
}

export function readCounted(answer: Answer, state: State): unknown {
  return { rows: readRows(answer, state), count: readCount(answer) }
}
