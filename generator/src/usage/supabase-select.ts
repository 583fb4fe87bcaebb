import type { Columns, EmbedUse } from '@rolecast/audit'
import type { Condition, OrderTerm, SelectItem } from '@rolecast/grammar'
import { defaultLimits, GrammarError, parseParameters } from '@rolecast/grammar/parse'

/** What a select list names of one relation. */
export interface SelectUse {
  readonly columns: Columns
  readonly embeds: readonly SelectEmbed[]
}

export interface SelectEmbed extends EmbedUse {
  /** what conditions call it */
  readonly alias: string
  readonly embeds: readonly SelectEmbed[]
}

/** What `select(text)` asks for, in the grammar of the API. Null: it does not parse, so that no request is answered. */
export function selectUse(text: string): SelectUse | null {
  const parameters = parsed(
    'select',
    text.replace(/\s+/g, (blank, at: number) => (isQuoted(text, at) ? blank : '')),
  )
  return parameters && itemsUse(parameters.select ?? [])
}

/** supabase-js takes blanks away that are not in quotes. */
function isQuoted(text: string, at: number): boolean {
  return (text.slice(0, at).match(/"/g)?.length ?? 0) % 2 === 1
}

function itemsUse(items: readonly SelectItem[]): SelectUse {
  const columns = items.flatMap((item) => (item.kind === 'field' && item.field ? [item.field.name] : []))
  const embeds = items.flatMap((item) => {
    if (item.kind !== 'embed') return []
    const inner = itemsUse(item.selection.items)
    return [{ request: item.target, hint: item.hint, alias: item.alias ?? item.target, ...inner }]
  })
  const isEvery = items.length === 0 || items.some(({ kind }) => kind === 'all')
  return { columns: isEvery ? 'every' : columns, embeds }
}

/** Columns in the value of `or=(…)`, with the embeds that each is about. */
export function orColumns(text: string): readonly string[] | null {
  const parameters = parsed('or', `(${text})`)
  return parameters?.where.flatMap(({ value }) => conditionColumns(value)) ?? null
}

function conditionColumns(condition: Condition): readonly string[] {
  if (condition.kind === 'filter') return [condition.field.name]
  return condition.kind === 'embed-filter' ? [] : condition.conditions.flatMap(conditionColumns)
}

/** The column of a condition or order: `total`, `meta->>city`, `lines.qty` below the embed `lines`. */
export interface ColumnPath {
  readonly embeds: readonly string[]
  readonly column: string
}

export function columnPath(text: string): ColumnPath | null {
  const [placed] = parsed(text, 'is.null')?.where ?? []
  return placed?.value.kind === 'filter' ? { embeds: placed.embeds, column: placed.value.field.name } : null
}

/** `column`, or `embed(column)`. */
export function orderPath(text: string): ColumnPath | null {
  const [term] = parsed('order', text)?.order[0]?.value ?? []
  return term ? pathOf(term) : null
}

const pathOf = ({ embed, field }: OrderTerm): ColumnPath => ({
  embeds: embed === null ? [] : [embed],
  column: field.name,
})

function parsed(name: string, value: string) {
  try {
    return parseParameters([[name, value]], false, defaultLimits)
  } catch (error) {
    if (error instanceof GrammarError) return null
    throw error
  }
}
