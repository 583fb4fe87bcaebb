import type { RelationSurface } from '@rolecast/catalog'
import { saysNotNull, withoutTags } from '../writing/comment-tags.js'
import { jsdoc } from '../writing/jsdoc.js'
import { typeKey } from '../writing/literals.js'
import { inheritedType } from '../writing/optional-member.js'
import { imported, join, type Source, source } from '../writing/source.js'
import type { PgValues } from './pg-values.js'

type Column = RelationSurface['columns'][number]

/** The columns of each verb, in SQL: a session needs no USAGE on the schema of a column's type to write a value of it. */
export interface Rights {
  readonly select: ReadonlySet<string>
  readonly insert: ReadonlySet<string>
  readonly update: ReadonlySet<string>
  readonly delete: boolean
}

const none: ReadonlySet<string> = new Set()

/** What a role may do with a relation. Verbs that no policy lets any row through are none, unless they are asked for. */
export function rightsOf(relation: RelationSurface, zeroRows: boolean): Rights {
  const has = (verb: keyof Rights) => zeroRows || relation.verdicts[verb] !== 'zero-rows'
  const insert = new Set([...relation.insert, ...relation.insertAlone])
  const canInsert = relation.required.every((name) => insert.has(name) || relation.maybeRequired.includes(name))
  return {
    select: has('select') ? new Set(relation.select) : none,
    insert: has('insert') && canInsert ? insert : none,
    update: has('update') ? new Set([...relation.update, ...relation.updateAlone]) : none,
    delete: relation.delete && has('delete'),
  }
}

/** The interface of a relation: each column's type when it is read, inserted and updated, `never` where the role may not. */
export function tableInterface(
  relation: RelationSurface,
  { typeName, rights, values, comments }: TableOptions,
): Source {
  const members = relation.columns
    .filter(({ name }) => rights.select.has(name) || rights.insert.has(name) || rights.update.has(name))
    .map((column) => {
      const doc = comments ? jsdoc([withoutTags(column.comment)], '  ') : ''
      return source`${doc}  ${typeKey(column.name)}: ${columnType(relation, column, rights, values)}\n`
    })
  const doc = comments ? jsdoc([relation.comment]) : ''
  const lacking = [
    ...(rights.insert.size === 0 ? [imported('NoInsert')] : []),
    ...(rights.update.size === 0 ? [imported('NoUpdate')] : []),
  ]
  const base = lacking.length === 0 ? '' : source` extends ${join(lacking, ', ')}`
  return source`${doc}export interface ${typeName}${base} {${members.length === 0 ? '' : '\n'}${join(members)}}\n`
}

export interface TableOptions {
  readonly typeName: string
  readonly rights: Rights
  readonly values: PgValues
  readonly comments: boolean
}

const never: Source = { text: 'never', uses: [] }

/**
 * Kysely takes null and undefined in the inserted type for "may be left out". So what may be null may be left out, and a
 * column that must be given takes no null.
 */
function columnType(
  { schema, name: relationName, required, maybeRequired }: RelationSurface,
  column: Column,
  rights: Rights,
  values: PgValues,
): Source {
  const { name, refusesNull } = column
  const { read, written } = values.of(column.type, `${schema}.${relationName}.${name}`)
  const isRead = column.nullable && !saysNotNull(column.comment)
  const isWritten = column.nullable && !refusesNull
  const mustBeGiven = required.includes(name) && !maybeRequired.includes(name)
  const select = rights.select.has(name) ? orNull(read, isRead) : never
  const inherited = inheritedType(name)
  const value = orNull(written, isWritten)
  const update = rights.update.has(name) ? source`${value}${inherited}` : never
  const optional = source`${isWritten ? value : source`${written} | undefined`}${inherited}`
  const insert = rights.insert.has(name) ? (mustBeGiven ? written : optional) : never
  if (select.text === insert.text && select.text === update.text) return select
  if (select.text === update.text && insert.text === `${select.text} | undefined`) {
    return source`${imported('Generated')}<${select}>`
  }
  return source`${imported('ColumnType')}<${select}, ${insert}, ${update}>`
}

function orNull(type: Source, nullable: boolean): Source {
  return nullable ? source`${type} | null` : type
}
