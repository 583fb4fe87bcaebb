/**
 * A response's body as text, of at most `limit` bytes: 64 MiB unless told.
 * @throws RangeError where it is longer than `limit` bytes; the rest is not read
 */
export async function readText({ body }: Response, limit = 2 ** 26): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  // Not every browser's streams can be iterated.
  const reader = body?.getReader()
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    size += piece.value.length
    if (size > limit) {
      reader?.cancel().catch(() => {})
      throw new RangeError(`The response is longer than ${limit} bytes`)
    }
    text += decoder.decode(piece.value, { stream: true })
  }
  return text + decoder.decode()
}
