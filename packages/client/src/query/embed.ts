import { printName } from '@rolecast/grammar'
import type { RelationMeta } from '../metadata.js'
import type { Builder } from './builder.js'
import { columnsOf } from './items.js'
import { type Item, nothing, type Selection, type State } from './state.js'

/** Columns, or a query whose selection the embed takes over. */
export type Embeddable = readonly string[] | Builder

/**
 * The embed of a relationship, with its key. Without columns nothing is selected: it only is there for conditions on it.
 * @throws TypeError where there is no such relationship
 */
export function embedOf({ schema, meta }: State, name: string, what: Embeddable, isSpread: boolean): [string, Item] {
  const link = (meta[3] || undefined)?.[name]
  if (!link) throw new TypeError(`There is no relationship ${name}`)
  const [target, hint, request] = [link].flat() as [string, string?, string?]
  const targetMeta = schema.relations[target] as RelationMeta
  const relation = printName(request ?? targetMeta[4] ?? target)
  const alias = printName(name)
  const of: Selection & { readonly inner?: boolean } =
    'state' in what ? what.state : { ...nothing, items: columnsOf(targetMeta, what) }
  const text =
    (isSpread ? '...' : alias === relation ? '' : `${alias}:`) +
    relation +
    (hint ? `!${printName(hint)}` : '') +
    (of.inner ? '!inner' : '')
  return [
    isSpread ? text : name,
    { text, of, isSpread, to: targetMeta[4] ?? target, prefix: isSpread ? relation : alias },
  ]
}
