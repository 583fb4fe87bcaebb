import { printName } from '@rolecast/grammar'
import type { RelationMeta } from '../metadata.js'
import { type Column, columnsOf } from './items.js'
import { type Item, nothing, type Selection } from './selection.js'
import type { Query, State } from './state.js'

/** Columns, or a query whose selection the embed takes over. */
export type Embeddable = readonly Column[] | Query

/**
 * The embed of a relationship. Without columns nothing is selected: it only is there for conditions on it. `name`: the
 * relationship's, or an alias of a query to whose relation one relationship leads, or of which it says by which one.
 * @throws TypeError where there is no such relationship, or where several lead there
 */
export function embedOf(state: State, name: string, what: Embeddable, isSpread?: boolean): Item {
  const query = 'state' in what ? what.state : null
  const relationship = relationshipTo(state, query?.via ?? name, query)
  const { schema, meta } = state
  const [target, hint, request] = [(meta[3] || undefined)?.[relationship]].flat() as [string, string?, string?]
  const targetMeta = schema.relations[target] as RelationMeta
  const own = request ?? (targetMeta[4] || target)
  const of: Selection = query ?? {
    ...nothing,
    ...('length' in what && what.length && { items: columnsOf(targetMeta, what) }),
  }
  return {
    own,
    text: printName(own) + (hint ? `!${printName(hint)}` : ''),
    of,
    relationship,
    to: targetMeta[4] || target,
    ...(isSpread && { isSpread }),
  }
}

function relationshipTo({ schema, meta }: State, name: string, query: State | null): string {
  const links = meta[3] || {}
  if (Object.hasOwn(links, name)) return name
  const [found, ...more] = Object.keys(links).filter(
    (link) => query && !query.via && schema.relations[[links[link]].flat()[0] as string] === query.meta,
  )
  if (!found) throw new TypeError(`There is no relationship ${name}`)
  if (!more[0]) return found
  throw new TypeError(`${[found, ...more].join(', ')} lead there: say by which one ${name} goes, with via(…)`)
}

/** Of the rows of an embed only which there are: the same conditions, and nothing shown. */
export function unshown({ items, ...selection }: Selection): Selection {
  const embeds = [...items].flatMap(([key, item]): [string, Item][] =>
    item.of ? [[key, { ...item, of: { ...unshown(item.of), inner: item.of.inner === true }, isSpread: false }]] : [],
  )
  return { ...selection, items: new Map(embeds), order: [], inner: false }
}
