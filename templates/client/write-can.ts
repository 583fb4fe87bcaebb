import { literal, objectKey, typeKey } from '../writing/literals.js'
import type { RelationModel, SchemaModel } from './model.js'
import { mayDo } from './write-api.js'

export const verbs = ['select', 'insert', 'update', 'delete'] as const

/** How an object is written: as a value, or as its type. */
interface Form {
  readonly key: (property: string) => string
  readonly end: ',' | ';'
  readonly list: string
}

const value: Form = { key: (property) => `${objectKey(property)}: `, end: ',', list: '' }
const type: Form = { key: (property) => `readonly ${typeKey(property)}: `, end: ';', list: 'readonly ' }

/** What the role may do, by relation and function, as an object literal. */
export function canObject(schema: SchemaModel, indent = ''): string {
  return canBlock(schema, indent, value)
}

/** The same as a type. */
export function canType(schema: SchemaModel, indent = ''): string {
  return canBlock(schema, indent, type)
}

function canBlock({ relations, functions }: SchemaModel, indent: string, form: Form): string {
  const line = (key: string, members: readonly string[]) =>
    `${indent}  ${form.key(key)}{ ${members.join(`${form.end} `)} }${form.end === ',' ? ',' : ''}\n`
  const lines = relations.map((relation) => {
    const answers = verbs.map((verb) => `${form.key(verb)}${mayDo(relation.surface, verb)}`)
    return line(relation.property, [...answers, `${form.key('columns')}${columnLists(relation, form)}`])
  })
  const calls = functions.map(({ property }) => `${form.key(property)}true`)
  if (calls.length > 0) lines.push(line('rpc', calls))
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`
}

/** Of which columns: those that the role may read, and give a value. */
function columnLists({ surface, columns }: RelationModel, { key, end, list }: Form): string {
  const lists = (['select', 'insert', 'update'] as const)
    .filter((verb) => surface[verb].length > 0)
    .map((verb) => {
      const names = surface[verb].map((name) => literal(columns.get(name)?.property ?? name))
      return `${key(verb)}${list}[${names.join(', ')}]`
    })
  return lists.length === 0 ? '{}' : `{ ${lists.join(`${end} `)} }`
}
