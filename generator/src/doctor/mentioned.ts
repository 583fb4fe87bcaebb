import type { ApiRequest } from '../ask/ask.js'

/** What a request names, as far as its text tells: enough to look in the right place, PostgreSQL decides. */
export interface Mentioned {
  /** `orders` of `/orders`, `f` of `/rpc/f` */
  readonly name: string
  readonly isCall: boolean
  /** Accept-Profile or Content-Profile */
  readonly profile: string | null
  readonly method: string
  /** whether a word stands in the request */
  mentions(name: string): boolean
  /** no list of columns: all of them are meant */
  readonly isEveryColumn: boolean
  /** `id=eq.1` */
  readonly equals: readonly (readonly [column: string, value: string])[]
  readonly isUpsert: boolean
}

export function mentionedBy({ method, target, headers, body }: ApiRequest): Mentioned {
  const url = new URL(target, 'http://rolecast.invalid')
  const parts = url.pathname.split('/').slice(1).map(decoded)
  const isCall = parts[0] === 'rpc'
  const header = (name: string) => headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? null
  const text = `${decoded(url.pathname)} ${[...url.searchParams].flat().join(' ')} ${body ?? ''}`
  const prefer = header('prefer') ?? ''
  const select = url.searchParams.get('select')
  const returns = method === 'GET' || method === 'HEAD' || /return=representation/.test(prefer)
  return {
    name: (isCall ? parts[1] : parts[0]) ?? '',
    isCall,
    method,
    profile: header(method === 'GET' || method === 'HEAD' ? 'accept-profile' : 'content-profile'),
    mentions: (name) => name !== '' && text.includes(name),
    isEveryColumn: returns && (select === null || select.includes('*')),
    equals: [...url.searchParams].flatMap(([column, value]): [string, string][] =>
      value.startsWith('eq.') ? [[column, value.slice(3)]] : [],
    ),
    isUpsert: method === 'PUT' || /resolution=/.test(prefer),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // the server refuses it with its own words
  }
}

/** The same write without what it gives back, and without what it does on a conflict. Null: it has neither. */
export function withoutReturning(request: ApiRequest): ApiRequest | null {
  if (request.method === 'GET' || request.method === 'HEAD') return null
  const kept = request.headers.filter(([name]) => name.toLowerCase() !== 'prefer')
  const prefer = request.headers
    .filter(([name]) => name.toLowerCase() === 'prefer')
    .map(([, value]) => value)
    .join(', ')
  if (!/return=(representation|headers-only)|resolution=/.test(prefer)) return null
  const url = new URL(request.target, 'http://rolecast.invalid')
  url.searchParams.delete('select')
  url.searchParams.delete('on_conflict')
  const others = prefer
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '' && !/^(return|resolution)=/.test(item))
  return {
    ...request,
    target: `${url.pathname}${url.search}`,
    headers: [...kept, ['Prefer', [...others, 'return=minimal'].join(', ')]],
  }
}
