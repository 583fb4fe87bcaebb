import { testClient } from '@rolecast/client/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RelationModel } from '../../templates/client/model.js'
import { modelOf } from '../../templates/client/model-of.js'
import { type Role, roles, startDatabase, type TestDatabase } from './database.js'
import { createClient as createClerk } from './generated/clerk/index.js'
import { createClient as createVisitor } from './generated/visitor/index.js'

let database: TestDatabase
beforeAll(async () => {
  database = await startDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** All steps of a query that reads, whatever the types let through. */
interface Query extends PromiseLike<unknown> {
  where(filter: object): Query
  order(column: string): Query
  orderBy(relationship: string, column: string): Query
  embed(embeds: object): Query
  spread(relationship: string, columns: Query): Query
  aggregate(aggregates: object): Query
  limit(rows: number): Query
  stripNulls(): Query
  csv(): Query
  count(kind?: string): Query
  toURL(): string
}
type Relations = Record<string, { select(...columns: (string | Record<string, string>)[]): Query }>

const clients = { visitor: createVisitor, clerk: createClerk }

/** Every step, with every column and relationship that the role's client offers for it. */
function* queriesOf(model: RelationModel, relations: Relations): Generator<Query> {
  const { surface, columns, computed, relationships } = model
  const to = (property: string) => relations[property] as Relations[string]
  const from = () => to(model.property).select()
  yield* [from(), from().csv(), from().stripNulls(), from().count(), from().count('estimated')]
  for (const name of surface.filter) {
    yield from().where({ [name]: { is: null } })
    yield from().aggregate({ found: { count: name } })
  }
  for (const { name, type } of [...columns.values(), ...computed].filter(({ name }) => surface.filter.includes(name))) {
    if (type.abilities.ordered) yield from().order(name)
    if (type.abilities.ranked) yield from().aggregate({ least: { min: name }, most: { max: name } })
    if (type.abilities.summed) yield from().aggregate({ sum: { sum: name }, mean: { avg: name } })
  }
  for (const { property, target, surface: link } of relationships) {
    const [first = ''] = target.surface.select
    yield from().where({ [property]: 'some' })
    yield from().where({ [property]: 'none' })
    yield from().embed({ [property]: target.surface.select })
    yield from().spread(property, to(target.property).select({ [`related ${first}`]: first }))
    for (const name of link.cardinality === 'one' ? target.surface.select : []) yield from().orderBy(property, name)
  }
}

test.each(roles)('nothing that the client of %s offers to read is refused', async (role: Role) => {
  const db = testClient<ReturnType<(typeof clients)[Role]>>(clients[role], { server: await database.serve(role) })
  const refused: string[] = []
  let asked = 0
  for (const [index, schema] of modelOf(await database.surface(role), { defaultSchema: 'api' }).schemas.entries()) {
    const relations = (index === 0 ? db : (db as { schema(name: string): unknown }).schema(schema.name)) as Relations
    for (const model of schema.relations) {
      if (model.surface.select.length === 0) continue
      for (const query of queriesOf(model, relations)) {
        asked++
        await query.limit(2).then(null, (error: Error) => refused.push(`${query.toURL()}: ${error.message}`))
      }
    }
  }
  expect(refused).toEqual([])
  expect(asked).toBeGreaterThan(50)
})
