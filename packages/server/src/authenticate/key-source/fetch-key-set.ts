import { freshnessOf } from './freshness.js'
import { KeySetError } from './key-set-error.js'
import { shownUrl } from './key-url.js'

/** A JWK set as it came, and for how many seconds it is fresh. */
export interface FetchedKeySet {
  readonly text: string
  readonly freshSeconds: number
}

const maxBytes = 1_048_576
const patience = 5_000

/**
 * Fetches a JWK set: 5 s and 1 MiB at most, and no redirects, since where one leads was never configured.
 * @throws KeySetError
 */
export async function fetchKeySet(url: URL): Promise<FetchedKeySet> {
  const fail = (problem: string, cause?: unknown) =>
    new KeySetError(`jwt-secret: ${shownUrl(url)} ${problem}.`, { cause })
  const signal = AbortSignal.timeout(patience)
  const headers = { Accept: 'application/jwk-set+json, application/json' }
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers })
    const { status } = response
    if (status !== 200) {
      await response.body?.cancel()
      const isRedirect = status >= 300 && status < 400
      throw fail(isRedirect ? `redirects (${status}), which is not followed` : `answers ${status} instead of 200`)
    }
    const text = await readAtMost(response, maxBytes)
    if (text === null) throw fail(`sends more than ${maxBytes} bytes`)
    return { text, freshSeconds: freshnessOf(response.headers) }
  } catch (error) {
    if (error instanceof KeySetError) throw error
    throw fail(
      signal.aborted ? `does not answer within ${patience / 1000} s` : `cannot be reached: ${reason(error)}`,
      error,
    )
  }
}

/** null: it is longer */
async function readAtMost({ body }: Response, most: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > most) return null // which cancels the body
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length).toString('utf8')
}

/** `fetch` says "fetch failed", and why in its cause. */
function reason(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? message ?? String(error)
}
