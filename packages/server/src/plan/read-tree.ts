import { splitQualifiedName } from '@rolecast/catalog'
import type { Embed, SelectItem, Selection } from '@rolecast/grammar'
import { aggregateInSpread, aggregatesDisabled } from '../errors/request-errors.js'
import type { CachedRelation } from '../schema-cache/schema-cache.js'
import { aliasName } from '../sql/quote.js'
import { planConditions, planOrder } from './conditions.js'
import type { PlanContext } from './context.js'
import { outputName, planFields } from './fields.js'
import { findRelationship } from './find-relationship.js'
import type { EmbedNode, EmbedOutput, OutputField, ReadNode, SpreadColumn } from './plan.js'

/** The root of the tree: a relation, or the rows that a write or call gave. */
export interface RootSource {
  readonly relation: CachedRelation | null
  /** what messages call it, and under which name its relationships are looked for */
  readonly name: string
  readonly kind: 'relation' | 'written' | 'called'
}

/**
 * Binds every name of a selection and joins its embeds.
 *
 * @throws ApiError PGRST108, PGRST118, PGRST123, PGRST127, PGRST200, PGRST201
 */
export function planTree(selection: Selection, source: RootSource, context: PlanContext): ReadNode {
  return new TreePlanner(context, source.kind === 'written').root(selection, source)
}

/** How a node's columns are used above it. */
interface Surroundings {
  /** embeds around it */
  readonly depth: number
  /** aliases that it may refer to */
  readonly ancestors: readonly string[]
  /** every column must be known by name: they are spread into arrays, grouped by, or given to an aggregate */
  readonly expand: boolean
  readonly inSpread: 'none' | 'to-one' | 'to-many'
  /** names of the embeds that what is around is ordered by */
  readonly sorting: ReadonlySet<string>
}

class TreePlanner {
  private readonly spread: string[] = []
  private readonly named: string[] = []
  private arguments = 0

  /** @param isWritten what a write gives back is not cut, by limits or db-max-rows, nor is what is embedded in it */
  constructor(
    private readonly context: PlanContext,
    private readonly isWritten: boolean,
  ) {}

  root(selection: Selection, { relation, name, kind }: RootSource): ReadNode {
    const isWrite = kind === 'written'
    const items: readonly SelectItem[] = selection.items.length === 0 ? [{ kind: 'all' }] : selection.items
    const node = this.node(
      selection,
      items,
      relation,
      aliasName(name, ''),
      name,
      {
        depth: 0,
        ancestors: [],
        expand: false,
        inSpread: 'none',
        sorting: new Set(),
      },
      isWrite,
    )
    return { ...node, relation: kind === 'relation' ? relation : null }
  }

  private node(
    selection: Selection,
    items: readonly SelectItem[],
    relation: CachedRelation | null,
    alias: string,
    name: string,
    around: Surroundings,
    isWritten = false,
  ): ReadNode {
    const { cache, slots, options } = this.context
    const hasAggregate = items.some((item) => item.kind === 'field' && item.aggregate !== null)
    if (hasAggregate && !options.aggregates) {
      throw aggregatesDisabled()
    }
    if (hasAggregate && around.inSpread === 'to-many') throw aggregateInSpread()
    const expand = around.expand || hasAggregate || hasSpreadAggregate(selection)
    const sorting = new Set(selection.order.flatMap(({ embed }) => embed ?? []))
    const below = { ...around, ancestors: [...around.ancestors, alias], expand, sorting }
    const embeds = items.flatMap((item) => (item.kind === 'embed' ? [this.embed(item, relation, name, below)] : []))
    return {
      relation,
      alias,
      fields: planFields(items, relation, cache, expand),
      where: isWritten ? [] : planConditions(selection.where, relation, embeds, this.context),
      order: planOrder(selection.order, relation, name, embeds),
      limit: this.isWritten ? null : slots.find(selection, 'limit'),
      offset: this.isWritten ? null : slots.find(selection, 'offset'),
      maximumRows: this.isWritten ? null : options.maximumRows,
      embeds,
    }
  }

  private embed(item: Embed, origin: CachedRelation | null, originName: string, around: Surroundings): EmbedNode {
    const { cache, schema, options } = this.context
    const relationship = findRelationship(cache, schema, origin, originName, item, options.visible)
    const target = cache.relations.get(relationship.target)
    const { name: targetName } = splitQualifiedName(relationship.target)
    const depth = around.depth + 1
    // These names are in messages of PostgreSQL; as in PostgREST, what is reached through a junction has its own.
    const alias = freshAlias(targetName, relationship.junction === null ? `_${depth}` : '', around.ancestors)
    const junction = relationship.junction === null ? '' : splitQualifiedName(relationship.junction.relation).name
    const junctionAlias = freshAlias(junction, `_${depth}`, [...around.ancestors, alias])
    const toOne = relationship.isToOne
    if (item.spread && !toOne && hasAnyAggregate(item.selection)) {
      if (!options.aggregates) throw aggregatesDisabled()
      throw aggregateInSpread()
    }
    const name = item.alias ?? item.target
    // Two embeds of one name are PostgreSQL's error, as in PostgREST. A spread embed has no name, so it takes nobody's.
    const taken = [...around.ancestors, alias, ...this.spread, ...(item.spread ? this.named : [])]
    const joinAlias = freshAlias(`${originName}_${name}`, `_${depth}`, taken)
    this[item.spread ? 'spread' : 'named'].push(joinAlias)
    const node = this.node(item.selection, item.selection.items, target ?? null, alias, targetName, {
      depth,
      ancestors: [...around.ancestors, junctionAlias],
      // A column that is only ordered by must not be spread with the others.
      expand: item.spread && (around.expand || !toOne || around.sorting.has(name)),
      sorting: around.sorting,
      inSpread: !item.spread ? 'none' : toOne ? (around.inSpread === 'to-many' ? 'to-many' : 'to-one') : 'to-many',
    })
    const made = outputOf(item, node, toOne, () => {
      this.arguments += 1
      return `rolecast_argument_${this.arguments}`
    })
    return {
      node: made.node,
      relationship,
      junctionAlias,
      toOne,
      inner: item.join === 'inner',
      name,
      joinAlias,
      output: made.output,
    }
  }
}

/** How an embed's columns go up, and its node as it must be for that. */
function outputOf(
  item: Embed,
  node: ReadNode,
  toOne: boolean,
  nextName: () => string,
): { output: EmbedOutput; node: ReadNode } {
  if (selectsNothing(node)) return { output: { kind: 'none' }, node }
  if (!item.spread) return { output: { kind: 'json' }, node }
  const { fields, embeds } = node
  if (!toOne) {
    const own = fields.map((field) => plainColumn(outputName(field)))
    return { output: { kind: 'spread', columns: [...own, ...embeds.flatMap(spreadUp)] }, node }
  }
  // Aggregates are taken over the rows of the selection around: the subquery gives their arguments under private names.
  const raised = fields.map((field) =>
    field.aggregate === null ? { field, column: plainColumn(outputName(field)) } : raiseAggregate(field, nextName()),
  )
  return {
    output: { kind: 'spread', columns: [...raised.map(({ column }) => column), ...embeds.flatMap(spreadUp)] },
    node: { ...node, fields: raised.map(({ field }) => field), embeds: embeds.map(withoutAggregates) },
  }
}

function plainColumn(name: string): SpreadColumn {
  return { name, alias: null, aggregate: null, cast: null }
}

function raiseAggregate(field: OutputField, name: string): { field: OutputField; column: SpreadColumn } {
  return {
    field: { ...field, aggregate: null, aggregateCast: null, alias: name },
    column: { name, alias: outputName(field), aggregate: field.aggregate, cast: field.aggregateCast },
  }
}

/** What an embed inside of a spread one adds to it. */
function spreadUp({ name, output }: EmbedNode): SpreadColumn[] {
  if (output.kind === 'none') return []
  if (output.kind === 'json') return [plainColumn(name)]
  return output.columns.map((column) => (column.aggregate === null ? plainColumn(column.alias ?? column.name) : column))
}

/** Arguments of aggregates pass through as they are: what is around takes the aggregate. */
function withoutAggregates(embed: EmbedNode): EmbedNode {
  if (embed.output.kind !== 'spread') return embed
  const columns = embed.output.columns.map((column) => (column.aggregate === null ? column : plainColumn(column.name)))
  return { ...embed, output: { kind: 'spread', columns } }
}

function selectsNothing({ fields, embeds }: ReadNode): boolean {
  return fields.length === 0 && embeds.every(({ output }) => output.kind === 'none')
}

function hasAnyAggregate({ items }: Selection): boolean {
  return items.some(
    (item) =>
      (item.kind === 'field' && item.aggregate !== null) ||
      (item.kind === 'embed' && item.spread && hasAnyAggregate(item.selection)),
  )
}

/** Aggregates of spread embeds are taken in the selection around them, which is then grouped. */
function hasSpreadAggregate({ items }: Selection): boolean {
  return items.some((item) => item.kind === 'embed' && item.spread && hasAnyAggregate(item.selection))
}

/** No name of a subquery may hide one that it refers to. */
function freshAlias(name: string, suffix: string, taken: readonly string[]): string {
  for (let extra = suffix; ; extra += '_') {
    const alias = aliasName(name, extra)
    if (!taken.includes(alias)) return alias
  }
}
