import { ConfigError } from '../../errors/config-error.js'

/**
 * The URL that jwt-secret names, or null where it holds something else. Keys decide who is who, so they come over https;
 * over http from this machine alone.
 * @throws ConfigError for a URL with a password in it, or one that is said to be base64
 */
export function keyUrlOf(secret: string, isBase64: boolean): URL | null {
  const text = secret.trim()
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return null
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError('jwt-secret: the URL of a JWK set must not hold a user name or a password.')
  }
  if (isBase64) throw new ConfigError('jwt-secret: it is a URL, although jwt-secret-is-base64 is true.')
  return url
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** The URL for messages: its query may hold a secret. */
export function shownUrl({ origin, pathname }: URL): string {
  return origin + pathname
}
