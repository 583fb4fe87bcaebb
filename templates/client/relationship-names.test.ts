import type { RelationSurface, RelationshipSurface } from '@rolecast/catalog'
import { describe, expect, test } from 'vitest'
import { syntheticSurface } from '../../test/bench/lib/surface.mjs'
import { singular } from '../writing/singular.js'
import { nameRelationships } from './relationship-names.js'

const [sample] = syntheticSurface(1).relations

function relation(name: string, columns: readonly string[], primaryKey: readonly string[] = ['id']): RelationSurface {
  const [column] = sample?.columns ?? []
  if (sample === undefined || column === undefined) throw new Error('no sample')
  return { ...sample, name, primaryKey, columns: columns.map((each) => ({ ...column, name: each })) }
}

function link(
  kind: RelationshipSurface['kind'],
  target: string,
  rest: Partial<RelationshipSurface> = {},
): RelationshipSurface {
  const cardinality = kind === 'one-to-many' || kind === 'many-to-many' ? 'many' : 'one'
  const base = {
    kind,
    cardinality,
    nullable: true,
    columns: [],
    junction: null,
    hint: null,
    request: target,
    foreignKey: null,
  } as const
  const sourceHoldsKey = kind === 'many-to-one'
  return { ...base, sourceHoldsKey, target: { schema: 'api', name: target }, ...rest }
}

const toOne = (column: string, target: string) =>
  link('many-to-one', target, { columns: [[column, 'id']], hint: column })
const toMany = (column: string, target: string) =>
  link('one-to-many', target, { columns: [['id', column]], hint: column })
const orders = relation('orders', ['id', 'customer_id', 'status'])

const cases: readonly (readonly [string, RelationSurface, readonly RelationshipSurface[], readonly string[]])[] = [
  ['after the key', orders, [toOne('customer_id', 'people')], ['customer']],
  [
    'two keys to one relation',
    orders,
    [toOne('buyer_id', 'people'), toOne('seller_id', 'people')],
    ['buyer', 'seller'],
  ],
  ['a column that is called so itself: column and relation', orders, [toOne('cust', 'people')], ['cust_person']],
  ['a key whose short name is a column', orders, [toOne('status_id', 'states')], ['status_state']],
  ['without the name of what it belongs to', orders, [toMany('order_id', 'order_lines')], ['lines']],
  ['the plain name', orders, [toMany('order_id', 'invoices')], ['invoices']],
  [
    'several of the same',
    relation('people', ['id']),
    [toMany('buyer_id', 'orders'), toMany('seller_id', 'orders')],
    ['orders_by_buyer', 'orders_by_seller'],
  ],
  [
    'of itself, both ways',
    relation('categories', ['id', 'parent_id']),
    [toOne('parent_id', 'categories'), toMany('parent_id', 'categories')],
    ['parent', 'categories_by_parent'],
  ],
  [
    'through a junction, beside a direct one',
    relation('users', ['id']),
    [toMany('owner_id', 'teams'), link('many-to-many', 'teams', { junction: { schema: 'api', name: 'members' } })],
    ['teams_by_owner', 'teams_via_members'],
  ],
  [
    'one to one, from both sides',
    relation('profiles', ['user_id'], ['user_id']),
    [link('one-to-one', 'users', { columns: [['user_id', 'id']], sourceHoldsKey: true })],
    ['user'],
  ],
  [
    'one to one, reverse',
    relation('users', ['id']),
    [link('one-to-one', 'profiles', { columns: [['id', 'user_id']] })],
    ['profile'],
  ],
  [
    'one to one, reverse, of a view that names the key otherwise',
    relation('active_users', ['n_id']),
    [link('one-to-one', 'profiles', { columns: [['n_id', 'user_id']] })],
    ['profile'],
  ],
  [
    'one to one, of a view that has no primary key',
    relation('active_profiles', ['owner_id']),
    [link('one-to-one', 'users', { columns: [['owner_id', 'id']], sourceHoldsKey: true })],
    ['owner'],
  ],
  [
    'one to one, after a key that is a part of the primary key',
    relation('members', ['team_id', 'user_id'], ['team_id', 'user_id']),
    [link('one-to-one', 'profiles', { columns: [['user_id', 'id']], sourceHoldsKey: true })],
    ['user'],
  ],
  [
    'one to one, twice',
    relation('users', ['id', 'email']),
    [
      link('one-to-one', 'profiles', { columns: [['id', 'user_id']], hint: 'user_id' }),
      link('one-to-one', 'profiles', { columns: [['email', 'mail']], hint: 'mail' }),
    ],
    ['profile', 'profile_by_mail'],
  ],
  [
    'a key of several columns, but for what both sides have',
    relation('tasks', ['tenant_id', 'id', 'project_id']),
    [
      link('many-to-one', 'projects', { columns: [['tenant_id', 'tenant_id'], ['project_id', 'id']] }), // biome-ignore format: pairs
      link('many-to-one', 'tenants', { columns: [['tenant_id', 'id']] }),
    ],
    ['project', 'tenant'],
  ],
  [
    'a key of several columns, from the other side',
    relation('projects', ['tenant_id', 'id']),
    [link('one-to-many', 'tasks', { columns: [['tenant_id', 'tenant_id'], ['id', 'project_id']] })], // biome-ignore format: pairs
    ['tasks'],
  ],
  [
    'through a junction that is called after both',
    relation('posts', ['id']),
    [
      link('many-to-many', 'tags', { junction: { schema: 'api', name: 'post_tags' } }),
      link('many-to-many', 'tags', { junction: { schema: 'api', name: 'pinned' } }),
    ],
    ['tags', 'tags_via_pinned'],
  ],
  ['of a view that is called otherwise', relation('open_orders', ['id']), [toMany('order_id', 'lines')], ['lines']],
  [
    'two suffixes of one name: _id comes first',
    relation('visits', ['user_uuid', 'user_id']),
    [toOne('user_uuid', 'users'), toOne('user_id', 'users')],
    ['user_uuid_user', 'user'],
  ],
  [
    'views of one relation, and none of the relation itself',
    relation('visits', ['user_id', 'invited_by']),
    [toOne('user_id', 'active_customers'), toOne('invited_by', 'active_customers')],
    ['user', 'invited_by_active_customer'],
  ],
  ['computed', orders, [link('computed', 'lines', { request: 'latest_line' })], ['latest_line']],
  ['none is a column', relation('orders', ['id', 'invoices']), [toMany('order_id', 'invoices')], ['invoices_by_order']],
]

test.each(cases)('%s', (_, source, relationships, expected) => {
  expect(nameRelationships(source, relationships)).toEqual(expected)
})

test.each(cases)('%s: whatever the order', (_, source, relationships, expected) => {
  expect(nameRelationships(source, relationships.toReversed())).toEqual(expected.toReversed())
})

test('a view of a table changes no name of the table', () => {
  const [buyer, seller] = [toOne('buyer_id', 'people'), toOne('seller_id', 'people')]
  const [ofBuyer, ofSeller] = [toOne('buyer_id', 'active_people'), toOne('seller_id', 'active_people')]
  const isOfView = ({ target }: RelationshipSurface) => target.name.startsWith('active')
  expect(nameRelationships(orders, [ofBuyer, buyer, seller, ofSeller], isOfView)).toEqual([
    'buyer_active_person',
    'buyer',
    'seller',
    'seller_active_person',
  ])
  expect(nameRelationships(orders, [ofBuyer, buyer], isOfView)).toEqual(['buyer_active_person', 'buyer'])
})

test('two keys of one column are told apart by their constraints', () => {
  const twins = [1, 2].map((number) => ({ ...toMany('order_id', 'invoices'), hint: `fk_${number}` }))
  const names = nameRelationships(relation('orders', ['id']), twins)
  expect(names).toEqual(['invoices_by_fk_1', 'invoices_by_fk_2'])
  expect(nameRelationships(relation('orders', ['id']), twins.toReversed())).toEqual(names.toReversed())
})

describe('a new key changes no name', () => {
  const visits = relation('visits', ['id', 'user_id', 'invited_by', 'host_id', 'customer_id', 'guest', 'seen_by_id'])
  const customers = relation('customers', ['id'])
  const columns = visits.columns.map(({ name }) => name).slice(1)
  const subsets = columns.flatMap((column, index) =>
    columns.slice(index + 1).map((other) => [...new Set([column, other, ...columns.filter((each) => each > other)])]),
  )
  const sides = {
    'of the side that holds it': [visits, toOne, 'customers'],
    'of the other side': [customers, toMany, 'visits'],
  } as const
  test.each(Object.entries(sides))('%s', (_, [source, link, target]) => {
    const alone = columns.map((column) => nameRelationships(source, [link(column, target)])[0])
    for (const subset of subsets) {
      const names = nameRelationships(
        source,
        subset.map((column) => link(column, target)),
      )
      expect(names).toEqual(subset.map((column) => alone[columns.indexOf(column)]))
      expect(new Set(names).size).toBe(names.length)
    }
  })
})

test.each([
  ['orders', 'order'],
  ['categories', 'category'],
  ['addresses', 'address'],
  ['boxes', 'box'],
  ['status', 'status'],
  ['people', 'person'],
  ['active_children', 'active_child'],
  ['series', 'series'],
  ['movies', 'movie'],
  ['aliases', 'alias'],
  ['courses', 'course'],
])('the singular of %s is %s', (plural, expected) => {
  expect(singular(plural)).toBe(expected)
})
