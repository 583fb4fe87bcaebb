import { code, jsdoc } from '../writing/jsdoc.js'
import { literal, typeKey } from '../writing/literals.js'
import { enumType, orNull } from '../writing/type-text.js'
import type { ColumnTypes, NamedType } from './column-types.js'
import { typeOfJsonSchema } from './json-schema.js'

/** Enums, domains and composites. */
export function typeDeclarations(types: readonly NamedType[], columnTypes: ColumnTypes, comments: boolean): string[] {
  return types.map(({ surface, typeName }) => {
    const doc = (detail: string | null) => jsdoc([comments ? surface.comment : null, detail])
    switch (surface.kind) {
      case 'enum':
        return `${doc(null)}export type ${typeName} = ${enumType(surface.labels)}\n`
      case 'domain': {
        const checked = surface.jsonSchema ? typeOfJsonSchema(surface.jsonSchema) : null
        const checks = surface.checks.map((check) => ` ${code(check)}`).join('')
        return `${doc(code(columnTypes.shown(surface.base.formatted)) + checks)}export type ${typeName} = ${checked ?? columnTypes.of(surface.base).type}\n`
      }
      case 'composite': {
        const members = surface.attributes.map(({ name, type: use, refusesNull }) => {
          const { type, isRounded } = columnTypes.insideJson(use)
          const note = isRounded ? ', here a number: `text()` gives every digit' : ''
          return `${jsdoc([code(columnTypes.shown(use.formatted)) + note], '  ')}  ${typeKey(name)}: ${orNull(type, !refusesNull)}\n`
        })
        return `${doc(null)}export interface ${typeName} {\n${members.join('')}}\n`
      }
      default:
        return ''
    }
  })
}

/** The labels of each enum as a list, for menus: what is not used is left out by bundlers. */
export function labelDeclarations(types: readonly NamedType[], form: 'ts' | 'js' | 'd.ts'): string {
  return types
    .flatMap(({ surface, typeName }) => {
      if (surface.kind !== 'enum') return []
      const name = `${typeName.charAt(0).toLowerCase()}${typeName.slice(1)}Labels`
      const labels = `[${surface.labels.map(literal).join(', ')}]`
      const doc = form === 'js' ? '' : jsdoc([`${code(typeName)} as a list, in PostgreSQL's order.`])
      if (form === 'd.ts') return `${doc}export declare const ${name}: readonly ${labels}\n`
      return `${doc}export const ${name} = ${labels}${form === 'ts' ? ' as const' : ''}\n`
    })
    .join('\n')
}
