import { type Cell, compareSurfaces } from '@rolecast/audit'
import { type Catalog, introspectInTransaction, qualifiedName, type Surface, surfaceOf } from '@rolecast/catalog'
import { withClient } from '../input/connect.js'
import type { Link } from './link.js'
import type { Mentioned } from './mentioned.js'
import { verbsFor } from './missing-links.js'

/** A cell that a repair opens although the request does not need it. */
export interface WidenedCell extends Cell {
  readonly role: string
}

export interface WidenedQuestion {
  readonly uri: string
  readonly statements: readonly string[]
  readonly links: readonly Link[]
  readonly role: string
  readonly mentioned: Mentioned
  /** the exposed schemas before, and after where the repair exposes one */
  readonly schemas: readonly [before: readonly string[], after: readonly string[]]
  /** whose surfaces are compared */
  readonly roles: readonly string[]
}

/** What a repair opens beside what the request needs: the surfaces before and after, in a transaction that is rolled back. */
export async function widenedBeside(question: WidenedQuestion): Promise<readonly WidenedCell[]> {
  const { uri, statements, roles, schemas } = question
  const [before, after] = await withClient(uri, async (client) => {
    const options = { schemas: schemas[1], roles }
    await client.query('BEGIN')
    try {
      const was = await introspectInTransaction(client, options)
      await client.query('SAVEPOINT repair')
      for (const sql of statements) await client.query(sql)
      return [was, await introspectInTransaction(client, options)]
    } finally {
      await client.query('ROLLBACK').catch(() => {}) // a lost connection has rolled back already
    }
  })
  if (before === undefined || after === undefined) return []
  return roles.flatMap((role) => {
    const changes = compareSurfaces(surface(before, role, schemas[0]), surface(after, role, schemas[1]), null)
    return changes
      .filter(({ change, ...cell }) => change === 'widened' && !isAsked(cell, role, question))
      .map(({ object, verb, column }) => ({ role, object, verb, ...(column !== undefined && { column }) }))
  })
}

function surface(catalog: Catalog, role: string, schemas: readonly string[]): Surface {
  return surfaceOf(catalog, role, { schemas })
}

/** What the repair was made for: the links themselves, and what the request names. */
function isAsked(
  { object, verb, column }: Cell,
  role: string,
  { links, role: asking, mentioned, schemas }: WidenedQuestion,
): boolean {
  const isLink = links.some((link) => {
    if (link.kind === 'grant' || link.kind === 'policy') {
      const columns = link.kind === 'policy' || column === undefined || link.column === column
      return link.who === role && link.relation === object && link.verb === verb && columns
    }
    return link.kind === 'function'
      ? nameOf(link.signature) === nameOf(object) && role === asking
      : link.kind === 'restrictive' && link.relation === object && role === asking
  })
  if (isLink) return true
  if (role !== asking) return false
  if (verb === 'execute')
    return (
      mentioned.isCall && schemas[1].some((schema) => object.startsWith(`${qualifiedName(schema, mentioned.name)}(`))
    )
  const isNamed = schemas[1].some((schema) => object === qualifiedName(schema, mentioned.name))
  const isMeant = column === undefined || mentioned.mentions(column) || (verb === 'select' && mentioned.isEveryColumn)
  return isNamed && verbsFor(mentioned).includes(verb) && isMeant
}

const nameOf = (signature: string) => signature.replace(/\(.*$/s, '')
