import { ApiError } from '../errors/api-error.js'
import type { UnderWay } from './call.js'

/** Fetch's, or what a test gives for one. */
export function headerOf(response: Partial<Response>, name: string): string | null {
  return response.headers?.get(name) ?? null
}

/** Ends a response of which nobody reads the body. */
export function discard(response?: Response): void {
  response?.body?.cancel?.().catch(() => {})
}

/** An error of an answer that is not what was asked for; the rest of it is not read. */
export function unfit({ request }: UnderWay, response: Response, message: string, cause?: unknown): ApiError {
  discard(response)
  return new ApiError({ ...request, status: response.status, message, cause }, 'ResponseError')
}

/**
 * The body of a response as text: 64 MiB at most, unless told. What stands in for fetch may have no stream.
 * @throws ApiError where it is longer
 */
export async function readText(call: UnderWay, response: Response): Promise<string> {
  const { maxResponseBytes = 2 ** 26 } = call.context.options
  const reader = response.body?.getReader?.()
  // React Native has neither streams nor everywhere a decoder.
  const decoder = reader && new TextDecoder()
  let text = reader ? '' : await (response.text?.() ?? response.json().then(JSON.stringify))
  let size = text.length
  for (let piece = await reader?.read(); ; piece = await reader?.read()) {
    size += piece?.value?.length ?? 0
    if (maxResponseBytes && size > maxResponseBytes) {
      reader?.releaseLock()
      throw unfit(call, response, `More than ${maxResponseBytes} bytes`)
    }
    if (!decoder || !piece?.value) return text + (decoder?.decode() ?? '')
    text += decoder.decode(piece.value, { stream: true })
  }
}
