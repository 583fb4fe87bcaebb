import { AsyncLocalStorage } from 'node:async_hooks'

/** The token of the request under way; undefined: a visitor's. */
const tokens = new AsyncLocalStorage<string | undefined>()

/** Whatever runs in here, however long, has this token. */
export const withToken = <T>(token: string | undefined, work: () => Promise<T>): Promise<T> => tokens.run(token, work)

export const tokenOfRequest = (): string | undefined => tokens.getStore()

/** A cookie of a request's header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const cookie of (header ?? '').split('; ')) {
    const [key, value] = cookie.split('=', 2)
    if (key === name) return value
  }
  return undefined
}
