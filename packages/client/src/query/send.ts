import type { PrintedRequest } from '@rolecast/grammar'
import { ApiError, ResponseError } from '../errors/api-error.js'
import { failureOf, readText, respond } from '../http/send.js'
import type { Result } from '../types/call.js'
import type { State } from './state.js'

/**
 * Sends a query and makes its result of the answer.
 * @throws ApiError
 */
export async function send(state: State, request: PrintedRequest): Promise<unknown> {
  const { context, read } = state
  let Failure: typeof ApiError | undefined
  try {
    const response = await respond(context, request)
    const text = await readText(response, context)
    Failure = ResponseError
    return read(text, state, response)
  } catch (cause) {
    throw failureOf(cause, context, request, Failure)
  }
}

/** Its outcome as a value. A mistake of the program's own is still thrown. */
export function resultOf(answer: Promise<unknown>): Promise<Result<unknown>> {
  return answer.then(
    (data) => ({ data, error: null }),
    (error) => {
      if (!(error instanceof ApiError)) throw error
      return { data: null, error }
    },
  )
}
