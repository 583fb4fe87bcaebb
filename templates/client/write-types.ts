import { code, jsdoc } from '../writing/jsdoc.js'
import { literal, typeKey } from '../writing/literals.js'
import { optionalMember } from '../writing/optional-member.js'
import { join, type Source, source } from '../writing/source.js'
import { enumType } from '../writing/type-text.js'
import { type ColumnTypes, hasInput, inRows, type NamedType } from './column-types.js'
import { typeOfJsonSchema } from './json-schema.js'

/** Enums, domains and composites. */
export function typeDeclarations(
  types: readonly NamedType[],
  columnTypes: ColumnTypes,
  comments: boolean,
): (string | Source)[] {
  return types.map((named) => {
    const { surface, typeName } = named
    const doc = (detail: string | null) => jsdoc([comments ? surface.comment : null, detail])
    switch (surface.kind) {
      case 'enum':
        return `${doc(null)}export type ${typeName} = ${enumType(surface.labels)}\n`
      case 'domain': {
        const checked = surface.jsonSchema ? typeOfJsonSchema(surface.jsonSchema) : null
        const checks = surface.checks.map((check) => ` ${code(check)}`).join('')
        return source`${doc(code(columnTypes.shown(surface.base.formatted)) + checks)}export type ${typeName} = ${checked ?? inRows(columnTypes.of(surface.base))}\n`
      }
      case 'composite': {
        const members = surface.attributes.map(({ name, type: use, refusesNull }) => {
          const inside = columnTypes.insideJson(use)
          const note =
            inside.isOther && /^number/.test(inside.type) ? ', here a number: `text()` gives every digit' : ''
          return source`${jsdoc([code(columnTypes.shown(use.formatted)) + note], '  ')}  ${typeKey(name)}: ${inRows(inside, !refusesNull)}\n`
        })
        const read = source`${doc(null)}export interface ${typeName} {\n${join(members)}}\n`
        return hasInput(named) ? join([read, inputDeclaration(surface, typeName, columnTypes)], '\n') : read
      }
      default:
        return ''
    }
  })
}

/** A composite as it is written: what may be null may be left out, which means null. */
function inputDeclaration(
  { attributes }: Extract<NamedType['surface'], { kind: 'composite' }>,
  typeName: string,
  columnTypes: ColumnTypes,
): Source {
  const members = attributes.map(({ name, type: use, refusesNull }) => {
    const { input, uses } = columnTypes.insideJson(use)
    const value = inRows({ type: input, uses }, !refusesNull)
    return source`  ${refusesNull ? source`${typeKey(name)}: ${value}` : optionalMember(name, value)}\n`
  })
  return source`${jsdoc([`${code(typeName)} as it is written: what is left out is null.`])}export interface ${typeName}Input {\n${join(members)}}\n`
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
