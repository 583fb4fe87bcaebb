import type { PrintedRequest } from '@rolecast/grammar'
import { hiddenItems } from './items.js'
import type { Parameter, Selection, State } from './state.js'

/** The request that a builder means. */
export function requestOf(state: State): PrintedRequest {
  const { method, path, items, profile, headers, prefer, body = null } = state
  const parameters = parametersOf(state)
  const hidden = headers.Accept === 'text/csv' ? [] : hiddenItems(state)
  if (items.size > 0) parameters.unshift(['select', [selectList(items), ...hidden.map(([, text]) => text)].join()])
  const preferences = Object.entries(prefer).map((preference) => preference.join('='))
  return {
    method,
    path,
    search: parameters.map((parameter, index) => (index > 0 ? '&' : '?') + parameter.map(encode).join('=')).join(''),
    headers: {
      ...headers,
      ...(profile !== null && { [/GET|HEAD/.test(method) ? 'Accept-Profile' : 'Content-Profile']: profile }),
      ...(preferences[0] && { Prefer: preferences.join(', ') }),
    },
    body,
  }
}

function selectList(items: Selection['items']): string {
  return [...items.values()].map(({ text, of }) => (of ? `${text}(${selectList(of.items)})` : text)).join()
}

/** What is said of a relation besides its items; `prefix` leads to it: empty, or `embed.` */
function parametersOf({ items, where, order, limit, offset }: Selection, prefix = ''): Parameter[] {
  const page = Object.entries({ order, limit, offset }).map(([name, value = '']) => [name, `${value}`] as const)
  return [
    ...[...where, ...page.filter(([, value]) => value)].map(([name, value]): Parameter => [prefix + name, value]),
    ...[...items.values()].flatMap(({ of, prefix: own }) => (of ? parametersOf(of, `${prefix}${own}.`) : [])),
  ]
}

/** Commas and colons are safe in a query (RFC 3986, section 3.4) and easier to read as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')
}
