import type { Embed } from '@rolecast/grammar'
import type { RelationMeta, RelationshipMeta } from '../metadata.js'
import type { Builder } from './builder.js'
import { type Reviver, revive } from './revive.js'
import { columnsOf, noSelection, type State } from './state.js'

/** Columns, or a query whose selection the embed takes over. */
export type Embeddable = readonly string[] | Builder

/**
 * The embed of a relationship, and what its values need. Without `what` nothing is selected: the embed only is there for
 * conditions on it.
 */
export function embedOf(
  { schema, meta }: Pick<State, 'schema' | 'meta'>,
  name: string,
  what?: Embeddable,
  spread = false,
): { embed: Embed; reviver: Reviver } {
  const [target, hint, request] = [(meta[3] as Record<string, RelationshipMeta>)[name] as RelationshipMeta].flat()
  const targetMeta = schema.relations[target as string] as RelationMeta
  const { selection, reviver, inner } = selectionOf(targetMeta, what)
  const relation = request || targetMeta[4] || (target as string)
  return {
    embed: {
      kind: 'embed',
      target: relation,
      alias: name === relation ? null : name,
      hint: hint || null,
      join: inner ? 'inner' : null,
      spread,
      selection,
    },
    reviver: spread ? reviver : reviver.length > 0 ? [[name, (value) => revive(value, reviver)]] : [],
  }
}

function selectionOf(
  meta: RelationMeta,
  what: Embeddable | undefined,
): Pick<State, 'reviver' | 'inner'> & Pick<Embed, 'selection'> {
  if (!what) return { selection: noSelection, reviver: [] }
  if (!Array.isArray(what)) {
    const { query, reviver, inner } = (what as Builder).state
    return { selection: query.selection, reviver, ...(inner && { inner }) }
  }
  const { items, reviver } = what.length > 0 ? columnsOf(meta, what) : { items: [], reviver: [] }
  return { selection: { ...noSelection, items }, reviver }
}
