import { saysNotNull, withoutTags } from '../writing/comment-tags.js'
import { code, jsdoc } from '../writing/jsdoc.js'
import { literal, typeKey } from '../writing/literals.js'
import { optionalMember } from '../writing/optional-member.js'
import { join, type Source, source } from '../writing/source.js'
import { arrayOf } from '../writing/type-text.js'
import { abilityMembers } from './ability-members.js'
import { type ColumnTypes, inputOf, inRows } from './column-types.js'
import type { FunctionGroup, FunctionModel } from './model.js'
import { runtimeType } from './runtime-names.js'
import { filterMember, member } from './write-relation.js'

/** Interfaces of arguments, and of rows that are no relation's. */
export function functionDeclarations(group: FunctionGroup, comments: boolean): (string | Source)[] {
  return group.overloads.flatMap((model) => [...argumentDeclarations(model), ...resultDeclarations(model, comments)])
}

function argumentDeclarations({ typeName, parameters, surface }: FunctionModel): Source[] {
  if (parameters.length === 0 || surface.bodyType !== null) return []
  const members = parameters.map(({ name, property, formatted, required, variadic, refusesNull, columnType }) => {
    const doc = jsdoc(
      [code(formatted) + (name === property ? '' : `, ${code(name)} in the database`) + (variadic ? ', variadic' : '')],
      '  ',
    )
    const value = inputOf(columnType, { nullable: !surface.strict && !refusesNull, refusesNull })
    return source`${doc}  ${required ? source`${typeKey(property)}: ${value}` : optionalMember(property, value)}\n`
  })
  return [source`export interface ${typeName}Arguments {\n${join(members)}}\n`]
}

function resultDeclarations(
  { typeName, resultColumns, surface, signature }: FunctionModel,
  comments: boolean,
): (string | Source)[] {
  if (resultColumns === null) return []
  const row = `${typeName}ResultRow`
  const filter = `${typeName}ResultFilter`
  return [
    source`export interface ${row} {\n${join(resultColumns.map((column) => member(column, { comments })))}}\n`,
    source`export interface ${filter} extends ${runtimeType('Logic')}<${filter}> {\n${join(resultColumns.map((column) => filterMember(column, comments)))}}\n`,
    [
      `export interface ${typeName}Result {`,
      `  name: ${literal(`${surface.schema}.${signature}`)}`,
      `  row: ${row}`,
      `  fields: ${row}`,
      `  filter: ${filter}`,
      '  rels: object',
      '  embeds: object',
      ...abilityMembers(row, resultColumns),
      '}\n',
    ].join('\n'),
  ]
}

/** The methods of `db.rpc`. */
export function rpcMembers(group: FunctionGroup, columnTypes: ColumnTypes, comments: boolean): Source {
  return join(group.overloads.map((model) => rpcMember(group.property, model, columnTypes, comments)))
}

function rpcMember(property: string, model: FunctionModel, columnTypes: ColumnTypes, comments: boolean): Source {
  const { surface, signature } = model
  const comment = withoutTags(surface.comment)
  const doc = jsdoc([comments ? comment : null, code(signature) + (surface.readOnly ? ', read-only' : '')], '  ')
  // `new(…)` would be a constructor
  const key = property === 'new' ? literal(property) : typeKey(property)
  return source`${doc}  ${key}(${argumentList(model, columnTypes)}): ${resultType(model, columnTypes)}\n`
}

function argumentList({ surface, parameters, typeName }: FunctionModel, columnTypes: ColumnTypes): string | Source {
  if (surface.bodyType !== null) return source`body: ${bodyArgument(surface.bodyType, columnTypes)}`
  if (parameters.length === 0) return ''
  return `args${parameters.some(({ required }) => required) ? '' : '?'}: ${typeName}Arguments`
}

function bodyArgument(
  type: NonNullable<FunctionModel['surface']['bodyType']>,
  columnTypes: ColumnTypes,
): string | Source {
  if (type.type === 'pg_catalog.bytea') return 'Uint8Array'
  const { input, uses } = columnTypes.of(type)
  return input === 'unknown' ? 'object' : { text: input, uses } // of other JSON the API makes an empty list
}

/** Whether a line of the function's comment promises that it returns something. */
export function alwaysReturns({ comment }: FunctionModel['surface']): boolean {
  return /^\s*@notnull\b/m.test(comment ?? '')
}

function resultType({ surface, typeName, resultRelation }: FunctionModel, columnTypes: ColumnTypes): Source {
  const { returns } = surface
  const always = saysNotNull(surface.comment)
  switch (returns.kind) {
    case 'void':
      return source`${runtimeType('Call')}<void>`
    case 'row':
      return source`${runtimeType(returns.set ? 'RowsCall' : always ? 'RowCall' : 'MaybeRowCall')}<${resultRelation?.typeName ?? `${typeName}Result`}>`
    case 'value': {
      const { type, uses } = columnTypes.of(returns.type)
      const value = inRows({ type: returns.set ? arrayOf(type) : type, uses }, !returns.set && !always)
      return source`${runtimeType('Call')}<${value}>`
    }
  }
}
