import { qualifiedName } from '@rolecast/catalog'
import type { Condition, Filter, OrderTerm } from '@rolecast/grammar'
import { notEmbedded, relatedOrderImpossible } from '../errors/request-errors.js'
import type { CachedRelation, SchemaCache } from '../schema-cache/schema-cache.js'
import type { PlanContext } from './context.js'
import { planField } from './fields.js'
import type { EmbedNode, PlannedCondition, PlannedFilter, PlannedOrder } from './plan.js'

export function planConditions(
  conditions: readonly Condition[],
  relation: CachedRelation | null,
  embeds: readonly EmbedNode[],
  context: PlanContext,
): PlannedCondition[] {
  return conditions.map((condition): PlannedCondition => {
    if (condition.kind === 'filter') return planFilter(condition, relation, context)
    if (condition.kind === 'embed-filter') {
      const embed = embedCalled(embeds, condition.embed)
      if (embed === undefined) throw notEmbedded(condition.embed)
      return { kind: 'embed', negated: condition.negated, embed: embed.joinAlias }
    }
    const { kind, negated } = condition
    return { kind, negated, conditions: planConditions(condition.conditions, relation, embeds, context) }
  })
}

export function planFilter(
  filter: Filter,
  relation: CachedRelation | null,
  { cache, slots }: PlanContext,
): PlannedFilter {
  const { field, negated, operator, quantifier, value } = filter
  const column = relation?.columns.get(field.name)
  const isFullText = fullText.has(operator)
  const baseType = column?.baseType ?? computedTypeOf(field.name, relation, cache)
  const key = field.path.length === 0 ? (column?.typeKey ?? null) : null
  return {
    kind: 'filter',
    field: planField(field, relation),
    negated,
    operator,
    quantifier,
    toTsvector: isFullText && !(baseType === 'tsvector' && field.path.length === 0),
    language: slots.find(filter, 'language'),
    value: slots.of(filter, 'value'),
    boolean: operator === 'is' ? String(value) : null,
    parse: key === null ? null : (cache.representations.fromText.get(key) ?? null),
  }
}

/** The type of a computed field: what a function of the row returns. */
function computedTypeOf(name: string, relation: CachedRelation | null, cache: SchemaCache): string | null {
  if (relation === null) return null
  const overloads = cache.routines.get(qualifiedName(relation.schema, name)) ?? []
  const found = overloads.find(({ routine }) => routine.arguments[0]?.type.type === relation.key)
  return found?.returns.type.formatted ?? null
}

const fullText: ReadonlySet<string> = new Set(['fts', 'plfts', 'phfts', 'wfts'])

/** @throws ApiError PGRST108, PGRST118 */
export function planOrder(
  terms: readonly OrderTerm[],
  relation: CachedRelation | null,
  name: string,
  embeds: readonly EmbedNode[],
): PlannedOrder[] {
  return terms.map(({ embed, field, direction, nulls }) => {
    if (embed === null) return { joinAlias: null, field: planField(field, relation), direction, nulls }
    const related = embedCalled(embeds, embed)
    if (related === undefined) throw notEmbedded(embed)
    if (!related.toOne) {
      throw relatedOrderImpossible(name, embed)
    }
    return { joinAlias: related.joinAlias, field: planField(field, related.node.relation), direction, nulls }
  })
}

function embedCalled(embeds: readonly EmbedNode[], name: string): EmbedNode | undefined {
  return embeds.find((embed) => embed.name === name)
}
