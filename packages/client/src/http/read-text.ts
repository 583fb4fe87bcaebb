/**
 * A response's body as text, of at most `limit` bytes: 64 MiB unless told.
 * @throws RangeError where it is longer than `limit` bytes; the rest is not read
 */
export async function readText({ body }: Response, limit = 2 ** 26): Promise<string> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) return text + decoder.decode()
    size += value.length
    if (size > limit) {
      reader?.cancel().catch(() => {})
      throw new RangeError(`The response is longer than ${limit} bytes`)
    }
    text += decoder.decode(value, { stream: true })
  }
}
