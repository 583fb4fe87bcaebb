import { ApiError } from '../errors/api-error.js'
import type { Answer } from '../http/send.js'
import { revive } from './revive.js'
import type { State } from './state.js'

/** Ways to make a result of an answer. @throws SyntaxError, made a ResponseError, where it is no JSON */

export function readNothing(): void {}

export function readText({ text }: Answer): string {
  return text
}

export function readJson({ text }: Answer, { reviver }: State): unknown {
  return revive(JSON.parse(text), reviver)
}

export function readMaybe(answer: Answer, state: State): unknown {
  const [row = null, ...more] = readJson(answer, state) as unknown[]
  if (more.length === 0) return row
  throw new ApiError({ message: 'There is more than one row', code: 'PGRST116', status: answer.response.status })
}

/** The total of `Content-Range: 0-24/3573` (PostgREST, "Counting"). */
export function readCount({ response }: Answer): number {
  return Number(response.headers.get('Content-Range')?.split('/')[1])
}

export function readCounted(answer: Answer, state: State): unknown {
  return { rows: readJson(answer, state), count: readCount(answer) }
}
