import type { PrintedRequest } from '@rolecast/grammar'
import { ApiError } from '../errors/api-error.js'
import { type UnderWay, underWay } from '../http/call.js'
import { defaultTimeout } from '../http/context.js'
import { headerOf, readText, unfit } from '../http/response.js'
import { respond } from '../http/send.js'
import type { Result } from '../types/call.js'
import type { State } from './state.js'

/**
 * Sends a query and makes its result of the answer.
 * @param check of the response, before it is read
 * @throws ApiError
 */
export async function send(
  state: State,
  request: PrintedRequest,
  check?: (response: Response) => void,
): Promise<unknown> {
  const { context, read } = state
  const { timeout = defaultTimeout, deadline = timeout && 3 * timeout } = context.options
  const call = underWay(context, request, deadline)
  try {
    return await Promise.race([call.ended, answerOf()])
  } catch (cause) {
    throw call.failure(cause)
  } finally {
    call.close()
  }

  async function answerOf(): Promise<unknown> {
    const response = await respond(call).catch(beyond)
    checkType(call, response)
    const text = await readText(call, response)
    call.stage = 'ResponseError'
    check?.(response)
    return read(text, state, response)
  }
}

/** A page beyond the last row is an empty one, where the API refuses it because the rows were to be counted. */
function beyond(error: ApiError): Response {
  const [, total] = (error.code === 'PGRST103' && /only (\d+) row/.exec(`${error.details}`)) || []
  if (total === undefined) throw error
  return new Response('[]', { headers: { 'Content-Range': `*/${total}` } })
}

/** @throws ApiError where it is of another kind than was asked for, such as a page of a proxy */
export function checkType(call: UnderWay, response: Response): void {
  const type = headerOf(response, 'Content-Type')
  const [wanted = ''] = /csv|\+text|json/.exec(call.request.headers.Accept ?? 'json') ?? []
  // Tests that make up answers seldom say what they are.
  if (type && !type.includes(wanted) && !type.startsWith('text/plain'))
    throw unfit(call, response, `It is no ${wanted}`)
}

/** Its outcome as a value; a mistake of the program's own as well. */
export function resultOf(answer: Promise<unknown>): Promise<Result<unknown>> {
  return answer.then(
    (data) => ({ data, error: null }),
    (cause) => ({
      data: null,
      error: cause instanceof ApiError ? cause : new ApiError({ message: cause.message, cause }),
    }),
  )
}
