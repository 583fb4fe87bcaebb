import { type PrintedRequest, printName } from '@rolecast/grammar'
import { unshown } from './embed.js'
import { castOf, fieldOf, hiddenItems } from './items.js'
import type { Item, OrderTerm, Parameter, Selection } from './selection.js'
import type { State } from './state.js'

/**
 * The request that a builder means.
 * @throws TypeError where it would mean something else
 */
export function requestOf(state: State): PrintedRequest {
  const { method, path, profile, headers, prefer, body = null } = state
  const [list, parameters] = printed(state, headers.Accept === 'text/csv')
  if (list) parameters.unshift(['select', list])
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

/**
 * The select list, and what is said besides. `isText`: the answer is CSV, which keeps all digits as it is. `prefix` leads to
 * the relation: empty, or `embed.`
 */
function printed(selection: Selection, isText: boolean, prefix = ''): [list: string, parameters: Parameter[]] {
  const { where, limit, offset } = selection
  const [items, order] = withRelated(selection)
  const page = Object.entries({ order, limit, offset }).map(([name, value = '']) => [name, `${value}`] as const)
  const parameters = [...where, ...page.filter(([, value]) => value)].map(
    ([name, value]): Parameter => [prefix + name, value],
  )
  /** What parameters call an embed: a spread one has no alias. */
  const called = ([key, { own = '', isSpread }]: readonly [string, Item]) => (isSpread ? own : key)
  const hidden = hiddenItems(selection)
  const list = items.map((entry) => {
    const [key, { own, text, of, isSpread }] = entry
    const name = called(entry)
    const head =
      (isSpread ? '...' : key === own ? '' : `${printName(name)}:`) +
      ((isText && hidden.find(([, , hides]) => hides === key)?.[1]) || text)
    if (!of) return head
    const [columns, more] = printed(of, isText, `${prefix}${printName(name)}.`)
    if (more[0] && items.some((other) => other !== entry && other[1].of && called(other) === name)) {
      throw new TypeError(`Conditions on ${name} would be about several embeds: embed one of them without spread`)
    }
    parameters.push(...more)
    return `${head}${of.inner ? '!inner' : ''}(${columns})`
  })
  if (!isText) list.push(...hidden.map(([name, column]) => `${printName(name)}:${column}`))
  return [list.join(), parameters]
}

/** What is selected, with the embeds that nobody sees, and the order. */
function withRelated({ items, related, order }: Selection): [items: (readonly [string, Item])[], order: string] {
  const hidden = new Map<string, Item>()
  for (const [name, item] of related) {
    if (isShown(items.get(name))) continue
    // A condition beside a spread embed is about the rows of this.
    const spread = [...items.values()].find(
      ({ isSpread, relationship }) => isSpread && relationship === item.relationship,
    )
    hidden.set(name, spread?.of && name === item.relationship ? { ...item, of: unshown(spread.of) } : item)
  }
  const sorted = new Map<string, string>()
  const terms = order.map(({ column, path, last, embed, end }: OrderTerm): string => {
    if (embed === undefined) return fieldOf(column, path, last) + end
    const item = items.get(embed)
    // An order is about what the embed shows, by its names there. Columns that are read as text would be sorted as text.
    const shown = isShown(item) && item?.of ? [...item.of.items] : []
    const found = shown.find(([, { own, of, kind }]) => own === column && !of && !castOf(kind))
    let name = sorted.get(embed) ?? embed
    if (item?.of && shown[0] && !found && name === embed) {
      while (items.has(name) || hidden.has(name)) name += '_'
      hidden.set(name, { ...item, of: unshown(item.of) })
      sorted.set(embed, name)
    }
    return `${printName(found ? embed : name)}(${fieldOf(found?.[0] ?? column, path)})${end}`
  })
  return [[...items, ...hidden], terms.join()]
}

function isShown(item: Item | undefined): boolean {
  return item?.of !== undefined && !item.isSpread
}

/** Commas and colons are safe in a query (RFC 3986, section 3.4) and easier to read as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')
}
