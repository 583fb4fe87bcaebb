import { objectKey, typeKey } from '../writing/literals.js'
import type { SchemaModel } from './model.js'
import { mayDo } from './write-api.js'

export const verbs = ['select', 'insert', 'update', 'delete'] as const

/** What the role may do, by relation, as an object literal. */
export function canObject({ relations }: SchemaModel, indent = ''): string {
  return canBlock(relations, indent, (property) => `${objectKey(property)}: `, ',')
}

/** The same as a type. */
export function canType({ relations }: SchemaModel, indent = ''): string {
  return canBlock(relations, indent, (property) => `readonly ${typeKey(property)}: `, '')
}

function canBlock(
  relations: SchemaModel['relations'],
  indent: string,
  key: (property: string) => string,
  end: string,
): string {
  const lines = relations.map(({ property, surface }) => {
    const answers = verbs.map((verb) => `${key(verb)}${mayDo(surface, verb)}`)
    return `${indent}  ${key(property)}{ ${answers.join(end === ',' ? ', ' : '; ')} }${end}\n`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`
}
