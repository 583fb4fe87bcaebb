import type { PrintedRequest } from '@rolecast/grammar'
import { ApiError, type ApiErrorName } from '../errors/api-error.js'
import type { Context } from './context.js'

/** One call under way, from the question for its token to the end of its answer. */
export interface UnderWay {
  readonly context: Context
  readonly request: PrintedRequest
  /** aborted by `end` */
  readonly signal: AbortSignal
  /** rejects when the call is ended by a signal of client or call, by `reset()`, or by its deadline */
  readonly ended: Promise<never>
  /** what a failure of the part under way is called */
  stage: ApiErrorName
  end(name: ApiErrorName, message?: string, cause?: unknown): void
  /** The error for a cause. */
  failure(cause: unknown): ApiError
  /** To be said when it is over. */
  close(): void
}

const tooLate = 'No answer in time'

/** @param deadline milliseconds for all of the call; false or 0: without end */
export function underWay(context: Context, request: PrintedRequest, deadline: number | false): UnderWay {
  const { session, signals } = context
  const controller = new AbortController()
  let reject: (reason: ApiError) => void
  const ended = new Promise<never>((_, failed) => {
    reject = failed
  })
  ended.catch(() => {})
  const call: UnderWay = {
    context,
    request,
    signal: controller.signal,
    ended,
    stage: 'TokenError',
    end(name, message = 'The call was aborted', cause) {
      reject(new ApiError({ ...request, message, cause }, name))
      controller.abort()
    },
    failure(cause) {
      if (cause instanceof ApiError) return cause
      const { name, message } = cause as Error
      // Nothing of ky's: it has the request in it, with its token and all of its URL.
      if (name === 'TimeoutError') return new ApiError({ ...request, message: tooLate }, name)
      return new ApiError({ ...request, message, cause }, call.stage)
    },
    close() {
      session.open.delete(reset)
      clearTimeout(timer || 0)
      for (const signal of signals) signal.removeEventListener('abort', abort as EventListener)
    },
  }
  function abort({ target }: { readonly target: unknown }) {
    const { reason = {} } = target as AbortSignal
    call.end(reason.name === 'TimeoutError' ? reason.name : 'AbortError', reason.message, reason)
  }
  const late = () => call.end(call.stage === 'TokenError' ? call.stage : 'TimeoutError', tooLate)
  const timer = deadline && setTimeout(late, Math.min(deadline, 2 ** 31 - 1))
  const reset = () => call.end('AbortError')
  session.open.add(reset)
  for (const signal of signals) {
    signal.addEventListener('abort', abort as EventListener)
    if (signal.aborted) abort({ target: signal })
  }
  return call
}
