import type { Condition, Embed, OrderTerm, SelectItem, Selection } from '../query.js'
import { GrammarError } from './grammar-error.js'
import type { Parameters } from './parameters.js'

export interface AssembleOptions {
  /** Also the name of a relation finds its embed where that has an alias (`url-use-legacy-target-names`). */
  readonly targetNames: boolean
  /** `embed=is.null` means the embed; not in the filters of a write, which are on columns only. */
  readonly embedFilters: boolean
}

export interface Assembled {
  readonly selection: Selection
  /** embeds that were found by the name of their relation although they have an alias: [target, alias] */
  readonly legacyTargets: readonly (readonly [target: string, alias: string])[]
}

interface Draft {
  readonly items: readonly SelectItem[]
  readonly where: Condition[]
  order: readonly OrderTerm[]
  limit: number | null
  offset: number | null
  readonly embeds: Map<Embed, Draft>
}

/**
 * Puts each filter, order and limit where its path of embeds leads.
 * @throws GrammarError PGRST108 for a path that no embed of `select` answers to
 */
export function assemble(parameters: Parameters, options: AssembleOptions): Assembled {
  const items = parameters.select ?? []
  const legacyTargets: (readonly [string, string])[] = []
  if (isFlat(items, parameters)) {
    return { selection: flatSelection(items, parameters), legacyTargets }
  }
  const root = draftOf(items)
  const find = (path: readonly string[]) =>
    path.reduce((draft, name) => descend(draft, name, options, legacyTargets), root)
  for (const { embeds, value } of parameters.where) find(embeds).where.push(value)
  // The first of several orders holds, and the last of several limits, as in PostgREST.
  for (const { embeds, value } of parameters.order) {
    const draft = find(embeds)
    if (draft.order.length === 0) draft.order = value
  }
  for (const { embeds, value } of parameters.limit) find(embeds).limit = value
  for (const { embeds, value } of parameters.offset) find(embeds).offset = value
  return { selection: finish(root, options.embedFilters), legacyTargets }
}

function isFlat(items: readonly SelectItem[], parameters: Parameters): boolean {
  for (const item of items) if (item.kind === 'embed') return false
  for (const { embeds } of parameters.where) if (embeds.length > 0) return false
  for (const { embeds, value } of parameters.order) {
    if (embeds.length > 0) return false
    for (const term of value) if (term.embed !== null) return false
  }
  for (const { embeds } of parameters.limit) if (embeds.length > 0) return false
  for (const { embeds } of parameters.offset) if (embeds.length > 0) return false
  return true
}

function flatSelection(items: readonly SelectItem[], parameters: Parameters): Selection {
  return {
    items,
    where: parameters.where.map(({ value }) => value),
    order: parameters.order.at(0)?.value ?? [],
    limit: parameters.limit.at(-1)?.value ?? null,
    offset: parameters.offset.at(-1)?.value ?? null,
  }
}

function draftOf(items: readonly SelectItem[]): Draft {
  const embeds = new Map<Embed, Draft>()
  for (const item of items) if (item.kind === 'embed') embeds.set(item, draftOf(item.selection.items))
  return { items, where: [], order: [], limit: null, offset: null, embeds }
}

function descend(draft: Draft, name: string, options: AssembleOptions, legacy: (readonly [string, string])[]): Draft {
  let byTarget: readonly [Embed, Draft] | null = null
  for (const entry of draft.embeds) {
    const [embed, child] = entry
    if ((embed.alias ?? embed.target) === name) return child
    if (embed.target === name) byTarget ??= entry
  }
  if (byTarget !== null && byTarget[0].alias !== null) {
    const { alias } = byTarget[0]
    if (!options.targetNames) throw targetNameRefused(name, alias)
    if (!legacy.some((known) => known[0] === name && known[1] === alias)) legacy.push([name, alias])
    return byTarget[1]
  }
  throw notEmbedded(name)
}

function finish(draft: Draft, embedFilters: boolean): Selection {
  const names = new Set<string>()
  for (const embed of draft.embeds.keys()) names.add(embed.alias ?? embed.target)
  for (const { embed } of draft.order) if (embed !== null && !names.has(embed)) throw notEmbedded(embed)
  return {
    items: draft.items.map((item) => {
      const child = item.kind === 'embed' ? draft.embeds.get(item) : undefined
      return item.kind === 'embed' && child !== undefined ? { ...item, selection: finish(child, true) } : item
    }),
    where: embedFilters && names.size > 0 ? draft.where.map((condition) => onEmbeds(condition, names)) : draft.where,
    order: draft.order,
    limit: draft.limit,
    offset: draft.offset,
  }
}

/** `name=is.null` is about the embed of that name, where there is one. */
function onEmbeds(condition: Condition, names: ReadonlySet<string>): Condition {
  switch (condition.kind) {
    case 'filter': {
      const { field, operator, value, negated } = condition
      const isNull = operator === 'is' && value === 'null' && field.path.length === 0
      return isNull && names.has(field.name) ? { kind: 'embed-filter', embed: field.name, negated } : condition
    }
    case 'embed-filter':
      return condition
    default:
      return { ...condition, conditions: condition.conditions.map((member) => onEmbeds(member, names)) }
  }
}

function notEmbedded(name: string): GrammarError {
  return new GrammarError(
    'PGRST108',
    `'${name}' is not an embedded resource in this request`,
    null,
    `Verify that '${name}' is included in the 'select' query parameter.`,
  )
}

function targetNameRefused(name: string, alias: string): GrammarError {
  return new GrammarError(
    'PGRST108',
    `'${name}' is not an embedded resource in this request`,
    'Target names are not allowed in filters if they have an alias',
    `Change '${name}' to '${alias}' in filters, orders or limits.`,
  )
}
