import type { Verdict } from '@rolecast/catalog'
import { code, jsdoc } from '../writing/jsdoc.js'
import { literal, typeKey } from '../writing/literals.js'
import { optionalMember } from '../writing/optional-member.js'
import { join, type Source, source } from '../writing/source.js'
import { abilityMembers } from './ability-members.js'
import { inputOf, inRows } from './column-types.js'
import type { ColumnModel, RelationModel } from './model.js'
import { runtimeType } from './runtime-names.js'
import { apiDeclaration, fieldsName, hasWriteFilter, mayDo, same } from './write-api.js'

/** The interfaces of one relation. `comments`: with the database's own. */
export function relationDeclarations(model: RelationModel, comments: boolean): Source {
  const { surface, typeName } = model
  const readable = surface.select.length > 0
  const columns = (names: readonly string[]) => columnsNamed(model, names)
  const parts: (string | Source)[] = model.documents.map(
    (document) =>
      `${jsdoc(['As a JSON Schema of the database says.'])}export type ${document.typeName} = ${document.type}\n`,
  )

  if (readable) {
    parts.push(
      source`export interface ${typeName}Row {\n${join(columns(surface.select).map((column) => member(column, { comments })))}}\n`,
    )
    if (model.computed.length > 0) {
      const computed = join(model.computed.map((column) => member(column, { comments })))
      parts.push(source`export interface ${fieldsName(model)} extends ${typeName}Row {\n${computed}}\n`)
    }
  }
  if (hasFilter(model)) parts.push(...filterDeclarations(model, comments))
  if (readable && model.relationships.length > 0) {
    const relationships = model.relationships.map(
      ({ surface: { cardinality, nullable }, property, target }) =>
        source`  ${typeKey(property)}: ${runtimeType(cardinality === 'many' ? 'Many' : nullable ? 'Maybe' : 'One')}<${target.typeName}>\n`,
    )
    const embeds = model.relationships.map(
      ({ property, target }) =>
        source`${comments ? jsdoc([target.surface.comment], '  ') : ''}  ${optionalMember(property, source`readonly (keyof ${fieldsName(target)})[] | ${runtimeType('Rows')}<${target.typeName}, unknown>`)}\n`,
    )
    parts.push(source`export interface ${typeName}Relationships {\n${join(relationships)}}\n`)
    parts.push(source`export interface ${typeName}Embeds {\n${join(embeds)}}\n`)
  }
  for (const [suffix, names] of writeShapes(model)) {
    const insert = suffix !== 'Update'
    const members = columns(names).map((column) => writeMember(model, column, { insert, comments }))
    parts.push(source`export interface ${typeName}${suffix} {\n${join(members)}}\n`)
  }
  parts.push(tableDeclaration(model), source`${relationDoc(model, comments)}${apiDeclaration(model)}`)
  return join(parts, '\n')
}

function columnsNamed({ columns }: RelationModel, names: readonly string[]): ColumnModel[] {
  const found: ColumnModel[] = []
  for (const name of names) {
    const column = columns.get(name)
    if (column !== undefined) found.push(column)
  }
  return found
}

function hasFilter({ surface, computed }: RelationModel): boolean {
  return surface.filter.length > 0 || computed.length > 0
}

/** Conditions: those of reads may be about relationships, too. */
function filterDeclarations(model: RelationModel, comments: boolean): Source[] {
  const { surface, typeName, relationships } = model
  const others = model.computed.filter(({ name }) => !surface.filter.includes(name))
  const fields = [...columnsNamed(model, surface.filter), ...others]
  const columns = join(fields.map((field) => filterMember(field, comments)))
  const readable = surface.select.length > 0
  const presence = join(
    readable
      ? relationships.map(
          ({ property, target }) =>
            source`  ${optionalMember(property, source`${runtimeType('Presence')}<${target.typeName}>`)}\n`,
        )
      : [],
  )
  const filter = (name: string, base: string, members: Source) =>
    source`export interface ${name} extends ${base}${logic(name, fields)} {${members.text && '\n'}${members}}\n`
  if (!hasWriteFilter(model)) return [filter(`${typeName}Filter`, '', join([columns, presence]))]
  return [
    source`export interface ${typeName}Conditions {\n${columns}}\n`,
    filter(`${typeName}Filter`, `${typeName}Conditions, `, presence),
    filter(`${typeName}WriteFilter`, `${typeName}Conditions, `, join([])),
  ]
}

/** Trees of conditions, but for words that are columns here. */
function logic(filter: string, fields: readonly ColumnModel[]): Source {
  const taken = ['$or', '$and', '$not'].filter((word) => fields.some(({ property }) => property === word))
  const all = source`${runtimeType('Logic')}<${filter}>`
  return taken.length === 0 ? all : source`Omit<${all}, ${taken.map(literal).join(' | ')}>`
}

/** One member of a row, with what the database says of it. */
export function member(column: ColumnModel, { comments }: { comments: boolean }): Source {
  const { property, type, nullable } = column
  return source`${columnDoc(column, comments)}  ${typeKey(property)}: ${inRows(type, nullable)}\n`
}

/** With the comment alone: the type is said beside it, and filters are read less than rows. */
export function filterMember({ property, type, nullable, comment }: ColumnModel, comments: boolean): Source {
  const value = source`${type.filter}${nullable ? ' | null' : ''}`
  return source`${comments ? jsdoc([comment], '  ') : ''}  ${optionalMember(property, value)}\n`
}

function writeMember(
  model: RelationModel,
  column: ColumnModel,
  { insert, comments }: { insert: boolean; comments: boolean },
): Source {
  const { name, property, type, nullable, surface } = column
  const { required, maybeRequired } = model.surface
  const mayBeFilled = maybeRequired.includes(name)
  const optional = !insert || mayBeFilled || !required.includes(name)
  const note = insert && mayBeFilled ? 'Required, unless a trigger fills it.' : null
  const refusesNull = surface?.refusesNull ?? false
  const value = inputOf(type, { nullable: nullable && !refusesNull, refusesNull })
  return source`${columnDoc(column, comments, note)}  ${optional ? optionalMember(property, value) : source`${typeKey(property)}: ${value}`}\n`
}

/** Comment, type and default. */
function columnDoc(column: ColumnModel, comments: boolean, note: string | null = null): string {
  const { surface, formatted, name, property } = column
  const facts = [code(formatted)]
  if (name !== property) facts.push(`${code(name)} in the database`)
  if (surface?.generated) facts.push('generated')
  if (surface?.identity) facts.push(`identity ${surface.identity}`)
  if (surface?.literalDefault != null) facts.push(`default ${code(surface.literalDefault)}`)
  else if (surface?.hasDefault && !surface.generated && surface.identity === null) facts.push('has a default')
  const detail = facts.join(', ')
  const comment = comments ? column.comment?.trim() : undefined
  if (note === null && comment && /^[^@].{0,60}$/u.test(comment)) return jsdoc([`${comment} · ${detail}`], '  ')
  return jsdoc([comment ?? null, note, detail], '  ')
}

/** The interfaces for writing that differ, by suffix. */
function writeShapes({ surface }: RelationModel): readonly (readonly [suffix: string, columns: readonly string[]])[] {
  const { insert, update, upsert } = surface
  return [
    ['Insert', insert] as const,
    ['Upsert', same(upsert.merge, insert) ? [] : upsert.merge] as const,
    ['InsertOrIgnore', same(upsert.ignore, insert) ? [] : upsert.ignore] as const,
    ['Update', update] as const,
  ].filter(([, columns]) => columns.length > 0)
}

/** Ties the interfaces together: what the runtime's generic types pick from. */
function tableDeclaration(model: RelationModel): string {
  const { surface, typeName } = model
  const readable = surface.select.length > 0
  const related = readable && model.relationships.length > 0
  return [
    `export interface ${typeName} {`,
    `  name: ${literal(`${surface.schema}.${surface.name}`)}`,
    `  row: ${readable ? `${typeName}Row` : 'object'}`,
    `  fields: ${readable ? fieldsName(model) : 'object'}`,
    `  filter: ${hasFilter(model) ? `${typeName}Filter` : 'object'}`,
    `  rels: ${related ? `${typeName}Relationships` : 'object'}`,
    `  embeds: ${related ? `${typeName}Embeds` : 'object'}`,
    ...abilityMembers(fieldsName(model), readable ? [...columnsNamed(model, surface.select), ...model.computed] : [], [
      ...columnsNamed(model, surface.filter),
      ...model.computed,
    ]),
    '}\n',
  ].join('\n')
}

function relationDoc({ surface, property }: RelationModel, comments: boolean): string {
  const { verdicts } = surface
  const verbs = (['select', 'insert', 'update', 'delete'] as const).filter((verb) => mayDo(surface, verb))
  const withVerdict = (verdict: Verdict) => verbs.filter((verb) => verdicts[verb] === verdict)
  const renamed = property !== surface.name
  const [restricted, empty] = [withVerdict('rows-restricted'), withVerdict('zero-rows')]
  return jsdoc([
    comments ? surface.comment : null,
    capital(surface.kind) +
      (renamed ? ` ${code(`${surface.schema}.${surface.name}`)} of the database` : '') +
      `: ${verbs.join(', ')}.` +
      (restricted.length > 0 ? ` Which rows is decided by the database: ${restricted.join(', ')}.` : '') +
      (empty.length > 0 ? ` No row passes row-level security: ${empty.join(', ')}.` : ''),
  ])
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
