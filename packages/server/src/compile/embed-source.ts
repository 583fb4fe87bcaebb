import { splitQualifiedName } from '@rolecast/catalog'
import type { EmbedNode } from '../plan/plan.js'
import { identifier, qualified } from '../sql/quote.js'
import { columnSql } from './conditions.js'

/** Where an embed's rows come from, and how they belong to the rows around. */
export interface EmbedSource {
  readonly from: string
  /** conditions among what is in `from` */
  readonly tied: readonly string[]
  /** what must be equal: an expression over `from`, and a column of what is around */
  readonly links: readonly Link[]
}

export interface Link {
  readonly own: string
  readonly outer: string
}

/** @param outer alias of what is around; a computed relationship is a function of its row and has no links */
export function embedSource({ node, relationship, junctionAlias }: EmbedNode, outer: string): EmbedSource {
  const { columns, junction, computed } = relationship
  const { alias } = node
  const target = qualifiedSql(relationship.target)
  if (computed !== null) {
    const row = `${identifier(outer)}::${qualifiedSql(relationship.source)}`
    return { from: `${functionSql(computed.function)}(${row}) AS ${identifier(alias)}`, tied: [], links: [] }
  }
  if (junction === null) {
    const links = columns.map(([source, own]) => ({ own: columnSql(alias, own), outer: columnSql(outer, source) }))
    return { from: `${target} AS ${identifier(alias)}`, tied: [], links }
  }
  const through = `${qualifiedSql(junction.relation)} AS ${identifier(junctionAlias)}`
  return {
    from: `${target} AS ${identifier(alias)}, ${through}`,
    tied: junction.targetColumns.map(([other, own]) => `${columnSql(junctionAlias, own)} = ${columnSql(alias, other)}`),
    links: junction.sourceColumns.map(([source, own]) => ({
      own: columnSql(junctionAlias, own),
      outer: columnSql(outer, source),
    })),
  }
}

/** Every condition, where the columns of what is around can be named. */
export function conditionsOf({ tied, links }: EmbedSource): string[] {
  return [...tied, ...links.map(({ own, outer }) => `${own} = ${outer}`)]
}

function qualifiedSql(name: string): string {
  const parts = splitQualifiedName(name)
  return qualified(parts.schema, parts.name)
}

/** The name part of a signature is already SQL. */
function functionSql(signature: string): string {
  const name = /^(?:"(?:[^"]|"")*"|[^".(]+)\.(?:"(?:[^"]|"")*"|[^".(]+)/s.exec(signature)
  return name === null ? identifier(signature) : qualifiedSql(name[0])
}
