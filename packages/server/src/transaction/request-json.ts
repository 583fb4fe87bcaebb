import { receivedText } from '../http-message.js'

type Headers = Readonly<Record<string, string | undefined>>

/** `request.headers`: an object of names and values, cookies left out. */
export function headersJson(headers: Headers): string {
  const text =
    headers.cookie === undefined ? JSON.stringify(headers) : JSON.stringify({ ...headers, cookie: undefined })
  return receivedText(text)
}

/** `request.cookies`: an object of names and values (RFC 6265, section 4.2.1). */
export function cookiesJson(cookie: string | undefined): string {
  if (cookie === undefined) return '{}'
  const pairs = cookie.split(';').flatMap((text): [string, string][] => {
    const at = text.indexOf('=')
    return at < 0 ? [] : [[text.slice(0, at).trim(), text.slice(at + 1).trim()]]
  })
  return receivedText(JSON.stringify(Object.fromEntries(pairs)))
}
