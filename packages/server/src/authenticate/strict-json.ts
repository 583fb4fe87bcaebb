export type JsonObject = Readonly<Record<string, unknown>>

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of UTF-8 bytes, or null. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

/**
 * A JSON object in which no object names a key twice; null for anything else. Of a key that occurs twice readers take
 * the first or the last (RFC 8259, section 4), so such a token would mean different things to different servers.
 */
export function parseStrictObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return hasRepeatedKey(text) ? null : (value as JsonObject)
  } catch {
    return null
  }
}

/** @param text JSON that parses */
function hasRepeatedKey(text: string): boolean {
  const open: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 123: // {
        open.push(new Set())
        break
      case 91: // [
        open.push(null)
        break
      case 125: // }
      case 93: // ]
        open.pop()
        break
      case 34: {
        const end = endOfString(text, at)
        const keys = open.at(-1)
        if (keys && isFollowedByColon(text, end)) {
          const key: unknown = JSON.parse(text.slice(at, end))
          if (keys.has(String(key))) return true
          keys.add(String(key))
        }
        at = end - 1
      }
    }
  }
  return false
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === 92) at++
    else if (code === 34) return at + 1
  }
}

function isFollowedByColon(text: string, at: number): boolean {
  let next = at
  while (text.charCodeAt(next) <= 32) next++
  return text.charCodeAt(next) === 58
}
