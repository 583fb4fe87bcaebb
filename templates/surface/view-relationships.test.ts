import type { RelationSurface, RelationshipSurface, Surface } from '@rolecast/catalog'
import { expect, test } from 'vitest'
import { syntheticSurface } from '../../test/bench/lib/surface.mjs'
import { clientTarget } from '../client/target.js'
import { countRelationships, withChosenRelationships } from './view-relationships.js'

const [sample] = syntheticSurface(1).relations
const toOne = (target: string): RelationshipSurface => ({
  ...{ kind: 'many-to-one', cardinality: 'one', nullable: true, sourceHoldsKey: true, columns: [['owner_id', 'id']] },
  ...{ junction: null, hint: 'owner_id', request: target, foreignKey: null, target: { schema: 'api', name: target } },
})

/** Tables with `views` views of each, and a key that leads from each of them to each of the next ones. */
function withViews(tables: number, views: number): Surface {
  if (sample === undefined) throw new Error('no sample')
  const namesOf = (table: number) => [
    `t${table}`,
    ...Array.from({ length: views }, (_, index) => `v${index}_of_t${table}`),
  ]
  const relations = Array.from({ length: tables }, (_, table) => namesOf(table)).flatMap((names, table) =>
    names.map(
      (name): RelationSurface => ({
        ...sample,
        name,
        kind: name.startsWith('v') ? 'view' : 'table',
        relationships: table + 1 < tables ? namesOf(table + 1).map(toOne) : [],
      }),
    ),
  )
  return { ...syntheticSurface(0), relations }
}

const targetsOf = (surface: Surface, name: string) =>
  surface.relations.find((relation) => relation.name === name)?.relationships.map(({ target }) => target.name)

test('where there are few, all are offered', () => {
  expect(withChosenRelationships(withViews(10, 2))).toEqual(withViews(10, 2))
})

test('where there are very many, a view does not come beside its table', () => {
  const surface = withViews(12, 30)
  expect(countRelationships(surface)).toBe(11 * 31 * 31)
  const reduced = withChosenRelationships(surface)
  expect(countRelationships(reduced)).toBe(11 * 31)
  expect(targetsOf(reduced, 'v3_of_t1')).toEqual(['t2'])
  expect(withChosenRelationships(surface, 'all')).toBe(surface)
  const { leftOut = [] } = clientTarget.report?.(surface, {}) ?? { contents: '' }
  expect(leftOut).toEqual([
    "without 10230 of 10571 relationships: those of views (client.viewRelationships: 'all' has them)",
  ])
})

test('none: between tables only', () => {
  const reduced = withChosenRelationships(withViews(3, 2), 'none')
  expect(targetsOf(reduced, 't0')).toEqual(['t1'])
  expect(targetsOf(reduced, 'v1_of_t0')).toEqual([])
})

test('direct: what leads to views alone stays', () => {
  const surface = withViews(2, 2)
  const onlyViews = {
    ...surface,
    relations: surface.relations
      .filter(({ kind }) => kind === 'view')
      .map((relation) => ({
        ...relation,
        relationships: relation.relationships.filter(({ target }) => target.name.startsWith('v')),
      })),
  }
  expect(withChosenRelationships(onlyViews, 'direct')).toEqual(onlyViews)
})
