import type { TypeSurface } from '@rolecast/catalog'
import { literal, objectKey } from '../writing/literals.js'

/** `Tables<'orders'>` and the like, which apps use beside `Database`: of the default schema, or of another one. */
export function helperTypes(schemas: readonly string[]): string {
  const [first] = schemas
  if (first === undefined) return ''
  const schema = literal(schemas.includes('public') ? 'public' : first)
  const relations = "Schemas[S]['Tables'] & Schemas[S]['Views']"
  return `type Schemas = Omit<Database, '__InternalSupabase'>
type OfSchema = { schema: keyof Schemas }
type Relations<S extends keyof Schemas> = ${relations}
type Member<Section, Name, Part extends string> = Name extends keyof Section
  ? Section[Name] extends { [_ in Part]: infer T }
    ? T
    : never
  : never
type OtherName<Choice, Section extends 'Relations' | 'Enums' | 'CompositeTypes'> = Choice extends {
  schema: infer S extends keyof Schemas
}
  ? Section extends 'Relations'
    ? keyof Relations<S>
    : keyof Schemas[S][Exclude<Section, 'Relations'>]
  : never

${relationHelper('Tables', 'Row', 'A row: ', schema)}
${relationHelper('TablesInsert', 'Insert', 'What insert() takes: ', schema)}
${relationHelper('TablesUpdate', 'Update', 'What update() takes: ', schema)}
${typeHelper('Enums', 'status', schema)}
${typeHelper('CompositeTypes', 'address', schema)}`
}

function relationHelper(name: string, part: string, what: string, schema: string): string {
  return `/** ${what}\`${name}<'orders'>\`, or \`${name}<{ schema: 'archive' }, 'orders'>\`. */
export type ${name}<
  Name extends keyof Relations<${schema}> | OfSchema,
  Other extends OtherName<Name, 'Relations'> = never,
> = Name extends { schema: infer S extends keyof Schemas }
  ? Member<Relations<S>, Other, '${part}'>
  : Member<Relations<${schema}>, Name, '${part}'>
`
}

function typeHelper(name: 'Enums' | 'CompositeTypes', example: string, schema: string): string {
  const section = (of: string) => `Schemas[${of}]['${name}']`
  return `/** \`${name}<'${example}'>\`, or \`${name}<{ schema: 'archive' }, '${example}'>\`. */
export type ${name}<
  Name extends keyof ${section(schema)} | OfSchema,
  Other extends OtherName<Name, '${name}'> = never,
> = Name extends { schema: infer S extends keyof Schemas }
  ? Other extends keyof ${section('S')}
    ? ${section('S')}[Other]
    : never
  : Name extends keyof ${section(schema)}
    ? ${section(schema)}[Name]
    : never
`
}

/** The labels of enums as values, for lists to choose from. */
export function enumConstants(enums: ReadonlyMap<string, readonly TypeSurface[]>): string {
  const schemas = [...enums].map(([schema, types]) => {
    const members = types.map((type) =>
      type.kind === 'enum' ? `      ${objectKey(type.name)}: [${type.labels.map(literal).join(', ')}],\n` : '',
    )
    const body = members.length === 0 ? '{}' : `{\n${members.join('')}    }`
    return `  ${objectKey(schema)}: {\n    Enums: ${body},\n  },\n`
  })
  return `/** The labels of enums. */\nexport const Constants = {\n${schemas.join('')}} as const\n`
}
