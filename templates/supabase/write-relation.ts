import type { RelationSurface, RelationshipSurface } from '@rolecast/catalog'
import { typeOfJsonSchema } from '../client/json-schema.js'
import { saysNotNull, withoutTags } from '../writing/comment-tags.js'
import { jsdoc } from '../writing/jsdoc.js'
import { literal, typeKey } from '../writing/literals.js'
import { optionalMember } from '../writing/optional-member.js'
import { orNull } from '../writing/type-text.js'
import { type JsonType, type JsonTypes, pathOf } from './json-types.js'

type Column = RelationSurface['columns'][number]

/** What writing a relation or a function needs to know. */
export interface Context {
  readonly types: JsonTypes
  /** the relations that the file has, by schema and name */
  readonly relations: ReadonlyMap<string, RelationSurface>
  readonly comments: boolean
}

/** What a role has none of: an object type without keys, which filters take no column of. */
const nothing = '{ [_ in never]: never }'

/** An object type over several lines. */
export function block(members: readonly string[], indent: string): string {
  return members.length === 0 ? nothing : `{\n${members.map((text) => `${indent}  ${text}\n`).join('')}${indent}}`
}

/** The type of a table or a view: what the role reads of it, and what it may write. A verb that it lacks takes `never`. */
export function relationType(
  relation: RelationSurface,
  links: readonly RelationshipSurface[],
  context: Context,
): string {
  const indent = '      '
  const inner = `${indent}  `
  const { insert, update, computed } = relation
  const members = [
    `Row: ${block(rowMembers(relation, context, inner), inner)}`,
    `Insert: ${insert.length === 0 ? 'never' : block(writeMembers(relation, insert, true, context), inner)}`,
    `Update: ${update.length === 0 ? 'never' : block(writeMembers(relation, update, false, context), inner)}`,
    `ComputedFields: ${computed.length === 0 ? 'never' : computed.map(({ name }) => literal(name)).join(' | ')}`,
    `Relationships: ${relationshipTypes(links, inner)}`,
  ]
  return block(members, indent)
}

/** The type of `Database['api']['Tables']['orders']['Row']['meta']`. */
function typeOf({ schema, name }: RelationSurface, column: Column, types: JsonTypes): JsonType {
  const document = column.jsonSchema === null ? null : typeOfJsonSchema(column.jsonSchema)
  return types.of(column.type, `${schema}.${name}.${column.name}`, document)
}

function rowMembers(relation: RelationSurface, { types, comments }: Context, indent: string): readonly string[] {
  const readable = new Set(relation.select)
  const columns = relation.columns
    .filter(({ name }) => readable.has(name))
    .map((column) => {
      const nullable = column.nullable && !saysNotNull(column.comment)
      return `${doc(column)}${typeKey(column.name)}: ${orNull(typeOf(relation, column, types).type, nullable)}`
    })
  const computed = relation.computed.map((field) => {
    const { type } = types.of(field.type, `${relation.schema}.${relation.name}.${field.name}`)
    return `${doc(field)}${typeKey(field.name)}: ${orNull(type, !saysNotNull(field.comment))}`
  })
  return [...columns, ...computed]

  function doc({ comment }: { readonly comment: string | null }): string {
    const text = comments ? jsdoc([withoutTags(comment)], `${indent}  `) : ''
    return text === '' ? '' : `${text.trimStart()}${indent}  `
  }
}

function writeMembers(
  relation: RelationSurface,
  names: readonly string[],
  isInsert: boolean,
  { types }: Context,
): readonly string[] {
  const { required, maybeRequired, columns } = relation
  const writable = new Set(names)
  return columns
    .filter(({ name }) => writable.has(name))
    .map((column) => {
      const { name, refusesNull, nullable } = column
      const value = sentValue(typeOf(relation, column, types), { nullable: nullable && !refusesNull, refusesNull })
      const isRequired = isInsert && required.includes(name) && !maybeRequired.includes(name)
      return isRequired ? `${typeKey(name)}: ${value}` : optionalMember(name, value)
    })
}

/** What can be given for a value. JSON may be null: of what refuses null that is taken away. */
export function sentValue(
  { input }: JsonType,
  { nullable, refusesNull }: { readonly nullable: boolean; readonly refusesNull: boolean },
): string {
  return refusesNull && input === 'Json' ? 'NonNullable<Json>' : orNull(input, nullable)
}

/** The foreign keys that a relation holds: from these supabase-js finds every way to embed. */
export function heldKeys({ relationships }: RelationSurface): readonly RelationshipSurface[] {
  return relationships.filter(
    ({ kind, sourceHoldsKey }) => sourceHoldsKey && (kind === 'many-to-one' || kind === 'one-to-one'),
  )
}

/** A key whose name the role does not see is called '', which no hint can be: its column says which one is meant. */
function relationshipTypes(links: readonly RelationshipSurface[], indent: string): string {
  if (links.length === 0) return '[]'
  const list = (names: readonly string[]) => `[${names.map(literal).join(', ')}]`
  const texts = links.map(({ foreignKey, columns, kind, target }) =>
    block(
      [
        `foreignKeyName: ${literal(foreignKey ?? '')}`,
        `columns: ${list(columns.map(([own]) => own))}`,
        `isOneToOne: ${kind === 'one-to-one'}`,
        `referencedRelation: ${literal(target.name)}`,
        `referencedColumns: ${list(columns.map(([, other]) => other))}`,
      ],
      `${indent}  `,
    ),
  )
  const sorted = texts.sort((a, b) => (a < b ? -1 : 1))
  return `[\n${sorted.map((text) => `${indent}  ${text},\n`).join('')}${indent}]`
}

/** A relation's rows, as functions take them and return them. */
export function rowPath({ schema, name, kind }: RelationSurface): string {
  return `${pathOf(schema, kind.endsWith('view') ? 'Views' : 'Tables', name)}['Row']`
}
