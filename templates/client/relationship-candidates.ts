import type { RelationSurface, RelationshipSurface } from '@rolecast/catalog'
import { singular } from '../writing/singular.js'

/**
 * Names of a relationship, from the shortest to the fullest. They follow from its own key alone.
 *
 * - To one row, on the side that holds the key: after the key's column, `customer_id` → `customer`. If the column itself
 *   is called so, the relation follows: `invited_by` → `invited_by_customer`.
 * - To one row, on the other side: after the relation, `profiles` → `profile`.
 * - To many rows: after the relation, without what it repeats, `order_lines` of `orders` → `lines`.
 * - The last two also say the key if its column is not called after this relation: `posts_by_author`.
 * - Through a junction: after the relation, and the junction if it is not called after the two: `teams_via_members`.
 */
export function candidateNames(relation: RelationSurface, relationship: RelationshipSurface): readonly string[] {
  const { kind, target } = relationship
  if (kind === 'computed') return [relationship.request, `${relationship.request}_of_${relation.name}`]
  if (kind === 'many-to-many') return throughJunction(relation, relationship)
  if (holdsKey(relationship)) return afterColumn(relation, relationship)
  return afterRelation(relation, relationship, kind === 'one-to-one' ? singular(target.name) : target.name)
}

/** Whether the key is called `_id`, as most are: such a key takes the short name before one called `_uuid`. */
export function isCalledById(relationship: RelationshipSurface): boolean {
  return keyColumns(relationship).every((column) => /(?:_id|Id)$/.test(column) || withoutSuffix(column) === column)
}

function afterColumn(relation: RelationSurface, relationship: RelationshipSurface): readonly string[] {
  const one = singular(relationship.target.name)
  const key = keyColumns(relationship)
  const [column = '', ...more] = key
  const base = key.map(withoutSuffix).join('_')
  const long = [`${key.join('_')}_${one}`, ...fullNames(one, relationship)]
  if (key.length === 0) return [one, ...long]
  if (more.length > 0) return [`${base}_${one}`, ...long]
  if (base === column) return isPrimaryKey(relation, relationship) ? [one, ...long] : long
  return isCalledById(relationship) ? [base, `${base}_${one}`, ...long] : [base, ...long]
}

function afterRelation(relation: RelationSurface, relationship: RelationshipSurface, name: string): readonly string[] {
  const key = keyColumns(relationship)
  const by = (names: readonly string[]) => (names.length === 0 ? [] : [`${name}_by_${names.join('_')}`])
  const long = [...by(key.map(withoutSuffix)), ...by(key), ...fullNames(name, relationship)]
  const prefix = `${singular(relation.name)}_`
  const short = name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name
  return isCalledAfter(relation.name, key) && !isSelf(relation, relationship) ? [short, name, ...long] : long
}

function throughJunction(relation: RelationSurface, relationship: RelationshipSurface): readonly string[] {
  const { target, junction, columns } = relationship
  const name = target.name
  const via = `${name}_via_${junction?.name ?? ''}`
  const long = [via, `${via}_by_${columns.flat().join('_')}`, ...fullNames(via, relationship)]
  const [ours, theirs, both] = [relation.name, name, junction?.name ?? ''].map(inSingular)
  return both === `${ours}_${theirs}` || both === `${theirs}_${ours}` ? [name, ...long] : long
}

/** What tells a relationship apart from every other one. */
function fullNames(name: string, { columns, hint, request }: RelationshipSurface): readonly string[] {
  return [`${name}_by_${columns.flat().join('_')}`, `${name}_by_${hint ?? request}`]
}

function holdsKey({ kind, sourceHoldsKey }: RelationshipSurface): boolean {
  return kind === 'many-to-one' || sourceHoldsKey
}

/**
 * The columns of the foreign key, without those that are called the same on the other side, such as a tenant's: they say
 * nothing. A key of one column keeps it on the side that holds it.
 */
function keyColumns(relationship: RelationshipSurface): readonly string[] {
  const { columns } = relationship
  const side = holdsKey(relationship) ? 0 : 1
  const telling = columns.filter(([own, other]) => own !== other)
  const [only, ...more] = columns
  if (telling.length === 0 && only !== undefined && more.length === 0 && side === 0) return [only[0]]
  return telling.map((pair) => pair[side])
}

/** Whether a key's column is called after the relation that it leads to: `order_id` after `orders` and `open_orders`. */
function isCalledAfter(name: string, key: readonly string[]): boolean {
  const [column, ...more] = key
  if (column === undefined) return true
  const [base, one] = [withoutSuffix(column), singular(name)].map((text) => text.toLowerCase())
  return more.length === 0 && (base === one || one?.endsWith(`_${base}`) === true)
}

function isSelf(relation: RelationSurface, { target }: RelationshipSurface): boolean {
  return target.name === relation.name && target.schema === relation.schema
}

/** Whether the side that holds the key has it as its primary key: it says nothing then but what it leads to. */
function isPrimaryKey({ primaryKey }: RelationSurface, { columns }: RelationshipSurface): boolean {
  return primaryKey.length === columns.length && columns.every(([column]) => primaryKey.includes(column))
}

function withoutSuffix(column: string): string {
  return column.replace(/(?:_(?:id|uuid|fk|key|ref|no|code)|Id)$/, '') || column
}

const inSingular = (name: string) => name.toLowerCase().split('_').map(singular).join('_')
