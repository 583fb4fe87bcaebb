import type { ColumnSurface, RelationSurface } from '../surface/surface.js'
import { description, type Json, object } from './json.js'
import { contentRange, errors, jsonContent, listOf, parameter, prefer, profile, reservedParameters } from './parts.js'
import type { ValueSchemas } from './value-schemas.js'

export interface RelationContext {
  readonly relation: RelationSurface
  /** the beginning of its components' names */
  readonly name: string
  readonly values: ValueSchemas
  readonly isDefaultSchema: boolean
  readonly hasComments: boolean
}

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** The components of a relation: its rows, and what is written. */
export function relationSchemas({ relation, name, values, hasComments }: RelationContext): [string, Json][] {
  const { select, insert, update, required } = relation
  const said = hasComments ? description(relation.comment) : {}
  const row = (columns: readonly string[]): Json => ({
    ...said,
    type: 'object',
    required: columns,
    properties: object(
      columnsOf(relation, columns).map((column) => [
        column.name,
        commented(values.of(column.type, { nullable: column.nullable }), column, hasComments),
      ]),
    ),
  })
  const written = (columns: readonly string[], given: readonly string[]): Json => ({
    type: 'object',
    additionalProperties: false,
    ...(given.length > 0 && { required: given }),
    properties: object(
      columnsOf(relation, columns).map((column) => [
        column.name,
        commented(values.of(column.type, { nullable: !column.refusesNull, isWritten: true }), column, hasComments),
      ]),
    ),
  })
  const schemas: [string, Json][] = []
  if (select.length > 0) schemas.push([name, row(select)])
  if (insert.length > 0) schemas.push([`${name}Insert`, written(insert, required)])
  if (update.length > 0) schemas.push([`${name}Update`, written(update, [])])
  for (const [verb, columns] of returnedOtherwise(relation)) schemas.push([`${name}${verb}`, row(columns)])
  return schemas
}

/** A filter for each column that may be filtered by, once for all verbs. */
export function relationParameters({ relation, name, hasComments }: RelationContext): [string, Json][] {
  const filters = new Set(relation.filter)
  return relation.columns
    .filter((column) => filters.has(column.name) && !reservedParameters.has(column.name))
    .map((column, index) => [
      `${name}.filter${index + 1}`,
      {
        name: column.name,
        in: 'query',
        ...(hasComments ? description(column.comment) : {}),
        schema: { type: 'string' },
      },
    ])
}

/** What may be done with a relation. */
export function relationPath(context: RelationContext): Json {
  const { relation, name, hasComments } = context
  const { select, insert, update, delete: canDelete, filtered, returning, upsert } = relation
  const filters = relationParameters(context).map(([component]) => ({ $ref: `#/components/parameters/${component}` }))
  const logic = filters.length > 0 ? [parameter('and'), parameter('or')] : []
  const common = { tags: [relation.name], ...(hasComments ? description(relation.comment) : {}) }
  const profiled = (isWrite: boolean) => (context.isDefaultSchema ? [] : [profile(relation.schema, isWrite)])
  const conflict = upsert.merge.length + upsert.ignore.length > 0
  const returnsOf = (columns: readonly string[], more: readonly string[] = []) =>
    prefer(...(columns.length > 0 ? ['return=representation'] : []), 'return=minimal', 'tx=rollback', ...more)
  const chosen = (columns: readonly string[]) => (columns.length > 0 ? [parameter('select')] : [])

  return {
    ...(select.length > 0 && {
      get: {
        ...common,
        operationId: `get${name}`,
        parameters: [
          ...filters,
          ...logic,
          relation.wholeRow ? parameter('select') : selectOf(select),
          ...(relation.filter.length > 0 ? [parameter('order')] : []),
          parameter('limit'),
          parameter('offset'),
          prefer('count=exact', 'count=planned', 'count=estimated'),
          ...profiled(false),
        ],
        responses: {
          200: { description: 'The rows.', headers: contentRange, content: jsonContent(listOf(reference(name))) },
          206: { description: 'Some of them.', headers: contentRange, content: jsonContent(listOf(reference(name))) },
          ...errors(false),
        },
      },
    }),
    ...(insert.length > 0 && {
      post: {
        ...common,
        operationId: `post${name}`,
        parameters: [
          parameter('columns'),
          ...chosen(returning.insert),
          ...(conflict ? [parameter('onConflict')] : []),
          returnsOf(returning.insert, [
            'missing=default',
            ...(upsert.merge.length > 0 ? ['resolution=merge-duplicates'] : []),
            ...(upsert.ignore.length > 0 ? ['resolution=ignore-duplicates'] : []),
          ]),
          ...profiled(true),
        ],
        requestBody: body({ oneOf: [reference(`${name}Insert`), listOf(reference(`${name}Insert`))] }),
        responses: {
          201: written('The rows are there.', returning.insert, 'Inserted'),
          ...(conflict && { 200: written('The rows were there.', returning.insert, 'Inserted') }),
          ...errors(true),
        },
      },
    }),
    ...(update.length > 0 && {
      patch: {
        ...common,
        operationId: `patch${name}`,
        parameters: [
          ...(filtered.update ? [...filters, ...logic] : []),
          ...chosen(returning.update),
          returnsOf(returning.update, ['count=exact']),
          ...profiled(true),
        ],
        requestBody: body(reference(`${name}Update`)),
        responses: changed(returning.update, 'Updated'),
      },
    }),
    ...(canDelete && {
      delete: {
        ...common,
        operationId: `delete${name}`,
        parameters: [
          ...(filtered.delete ? [...filters, ...logic] : []),
          ...chosen(returning.delete),
          returnsOf(returning.delete, ['count=exact']),
          ...profiled(true),
        ],
        responses: changed(returning.delete, 'Deleted'),
      },
    }),
  }

  function written(text: string, columns: readonly string[], verb: string): Json {
    return {
      description: text,
      ...(columns.length > 0 && { content: jsonContent(listOf(returnedRow(columns, verb))) }),
    }
  }

  function changed(columns: readonly string[], verb: string): Json {
    const returned = columns.length > 0 ? { 200: written('The rows that it was about.', columns, verb) } : {}
    return { ...returned, 204: { description: 'Done.' }, ...errors(true) }
  }

  function returnedRow(columns: readonly string[], verb: string): Json {
    return reference(sameColumns(columns, select) ? name : `${name}${verb}`)
  }
}

const body = (schema: Json): Json => ({ required: true, content: jsonContent(schema) })

/** Without a list of columns the API asks for all of them, which this role may not read. */
function selectOf(columns: readonly string[]): Json {
  return {
    name: 'select',
    in: 'query',
    required: true,
    description:
      'Columns, and other relations in parentheses. It has to be given: without it, all columns are asked for.',
    schema: { type: 'string' },
    example: columns.join(','),
  }
}

/** Rows that come back from writes, where they are other ones than those that are read. */
function returnedOtherwise({ select, returning }: RelationSurface): [verb: string, columns: readonly string[]][] {
  const verbs: [string, readonly string[]][] = [
    ['Inserted', returning.insert],
    ['Updated', returning.update],
    ['Deleted', returning.delete],
  ]
  return verbs.filter(([, columns]) => columns.length > 0 && !sameColumns(columns, select))
}

const sameColumns = (a: readonly string[], b: readonly string[]) => a.join('\0') === b.join('\0')

function columnsOf({ columns }: RelationSurface, names: readonly string[]): readonly ColumnSurface[] {
  const wanted = new Set(names)
  return columns.filter(({ name }) => wanted.has(name))
}

/** Beside a reference, OpenAPI 3.1 takes a description; other schemas have one of their own. */
function commented(schema: Json, { comment }: ColumnSurface, hasComments: boolean): Json {
  return hasComments ? { ...schema, ...description(comment) } : schema
}
