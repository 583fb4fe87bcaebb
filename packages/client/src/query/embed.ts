import type { Embed } from '@rolecast/grammar'
import type { RelationMeta, RelationshipMeta } from '../metadata.js'
import type { Builder } from './builder.js'
import { columnsOf } from './select-items.js'
import { noSelection, type State } from './state.js'

/** Columns, or a query whose selection the embed takes over. */
export type Embeddable = readonly string[] | Builder

/** The embed of a relationship. Without columns nothing is selected: it only is there for conditions on it. */
export function embedOf({ schema, meta }: State, name: string, what: Embeddable = [], spread = false): Embed {
  const link = (meta[3] as Record<string, RelationshipMeta>)[name] as RelationshipMeta
  const [target, hint, request] = typeof link === 'string' ? [link] : link
  const targetMeta = schema.relations[target] as RelationMeta
  const relation = request ?? targetMeta[4] ?? target
  const { query, inner } = 'state' in what ? what.state : { query: null, inner: false }
  const items = 'state' in what || what.length === 0 ? [] : columnsOf(targetMeta, what)
  return {
    kind: 'embed',
    target: relation,
    alias: name === relation ? null : name,
    hint: hint || null,
    join: inner ? 'inner' : null,
    spread,
    selection: query?.selection ?? { ...noSelection, items },
  }
}
