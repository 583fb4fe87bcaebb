import type { Surface } from '@rolecast/catalog'
import type { EmittedFile } from '../target.js'
import { jsdoc } from '../writing/jsdoc.js'
import { literal, objectKey, typeKey } from '../writing/literals.js'
import { join, type Source, source } from '../writing/source.js'
import type { ClientModel, SchemaModel } from './model.js'
import { modelOf } from './model-of.js'
import type { EmitOptions } from './options.js'
import { packageJson } from './package-json.js'
import { runtimeType, runtimeTypes } from './runtime-names.js'
import { mayDo } from './write-api.js'
import { canObject, canType, verbs } from './write-can.js'
import { functionDeclarations, rpcMembers } from './write-functions.js'
import { schemaMetadata } from './write-metadata.js'
import { relationDeclarations } from './write-relation.js'
import { labelDeclarations, typeDeclarations } from './write-types.js'

/**
 * The native client of a role: a folder that offers what the surface allows and names nothing else. Pure; the same
 * surface and options give the same bytes.
 */
export function emitClient(surface: Surface, options: EmitOptions = {}): EmittedFile[] {
  const model = modelOf(surface, options)
  const body = declarations(model, options)
  const { imports, features } = runtimeParts(model, body.uses)
  const runtime = options.runtime === 'inline' ? './runtime/index.js' : '@rolecast/client'
  const files = (options.emit ?? (options.package ? 'js' : 'ts')) === 'ts' ? typescript() : javascript()
  const { package: published } = options
  if (!published) return files
  return [...files, { path: 'package.json', content: packageJson(model.role, { ...options, package: published }) }]

  function labels(form: 'ts' | 'js' | 'd.ts'): string[] {
    return [labelDeclarations(model.types, form)].filter((text) => text !== '')
  }

  function typescript(): EmittedFile[] {
    const content = [
      header(model.role),
      `import { ${imports.join(', ')} } from '${runtime}'\n${typeImports([...body.uses, 'ConnectOptions', 'SchemaMeta'], runtime)}`,
      body.text,
      ...labels('ts'),
      canDeclarations(model, 'value', ' as const'),
      `${metadata(model, ' as unknown as readonly SchemaMeta[]')}\n${createClientDoc}export function createClient(options: ConnectOptions): Db {\n  return connect<Db>(${literal(model.role)}, schemas, options${features})\n}\n`,
    ]
    return [{ path: 'index.ts', content: content.join('\n') }]
  }

  function javascript(): EmittedFile[] {
    const types = [
      header(model.role),
      typeImports([...body.uses, 'ConnectOptions'], runtime),
      body.text,
      ...labels('d.ts'),
      canDeclarations(model, 'type', ''),
      `${createClientDoc}export declare function createClient(options: ConnectOptions): Db\n`,
    ]
    const code = [
      header(model.role),
      `import { ${imports.join(', ')} } from '${runtime}'\n`,
      ...labels('js'),
      canDeclarations(model, 'value', ''),
      `${metadata(model, '')}\nexport function createClient(options) {\n  return connect(${literal(model.role)}, schemas, options${features})\n}\n`,
    ]
    return [
      { path: 'index.d.ts', content: types.join('\n') },
      { path: 'index.js', content: code.join('\n') },
    ]
  }
}

const createClientDoc = jsdoc(['A client of the API. Nothing is sent before a query is awaited.'])

/** What the client needs of the runtime: no code for verbs that the role lacks, and for values that it never sees. */
function runtimeParts(
  { schemas, columnTypes }: ClientModel,
  typesUsed: readonly string[],
): {
  readonly imports: readonly string[]
  readonly features: string
} {
  const relations = schemas.flatMap((schema) => schema.relations)
  const writes = relations.some(({ surface }) => verbs.some((verb) => verb !== 'select' && mayDo(surface, verb)))
  const calls = schemas.some(({ functions }) => functions.length > 0)
  // What `json` has inside is compared as text.
  const documents = typesUsed.some((name) => name === 'JsonFilter' || name === 'PartsFilter')
  const ranges = typesUsed.some((name) => name === 'RangeFilter' || name === 'MultirangeFilter')
  const makers = [...columnTypes.made].sort().map((kind) => (kind === 'b' ? 'b: BigInt' : 'd: dateOf'))
  const parts = [
    writes ? (['writes: WritableRelation', 'WritableRelation'] as const) : null,
    calls ? (['rpc', 'rpc'] as const) : null,
    columnTypes.made.size > 0 ? ([`made: made({ ${makers.join(', ')} })`, 'made'] as const) : null,
    documents ? (['documents', 'documents'] as const) : null,
    ranges ? (['ranges', 'ranges'] as const) : null,
  ].filter((part) => part !== null)
  const names = [
    'connect',
    'frozen',
    ...parts.map(([, name]) => name),
    ...(columnTypes.made.has('d') ? ['dateOf'] : []),
  ]
  const features = parts.length > 0 ? `{ ${parts.map(([entry]) => entry).join(', ')} }` : ''
  return {
    imports: names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    features: features && `, ${features}`,
  }
}

function header(role: string): string {
  return `// Generated by rolecast for the role ${literal(role)}. Changes are lost when it is generated again.\n`
}

function typeImports(uses: readonly string[], runtime: string): string {
  const used = new Set(uses)
  const names = runtimeTypes.filter((name) => used.has(name))
  // Apps name the runtime's types by this module: under pnpm they may have no other way to them (TS2742).
  return `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from '${runtime}'\nexport type * from '${runtime}'\n`
}

function declarations({ role, schemas, types, columnTypes }: ClientModel, options: EmitOptions): Source {
  const { comments: said = true } = options
  const comments = (typeof said === 'object' ? said[role] : said) ?? true
  const parts: (string | Source)[] = [
    ...typeDeclarations(types, columnTypes, comments),
    ...schemas.flatMap(({ relations }) => relations.map((relation) => relationDeclarations(relation, comments))),
    ...schemas.flatMap(({ functions }) => functions.flatMap((group) => functionDeclarations(group, comments))),
    ...schemas.flatMap((schema, index) => schemaDeclarations(schema, index === 0 && schemas.length > 1)),
  ]
  if (schemas.length > 1) {
    const members = schemas.map(({ name, typeName }) => `  ${typeKey(name)}: ${typeName}\n`)
    parts.push(`export interface Schemas {\n${members.join('')}}\n`)
  }
  return join(
    parts.filter((part) => part !== ''),
    '\n',
  )

  function schemaDeclarations(schema: SchemaModel, hasOthers: boolean): Source[] {
    const rpc = join(schema.functions.map((group) => rpcMembers(group, columnTypes, comments)))
    const members = schema.relations.map(
      ({ property, typeName, surface }) =>
        `${comments ? jsdoc([surface.comment], '  ') : ''}  readonly ${typeKey(property)}: ${typeName}Api\n`,
    )
    const others = hasOthers
      ? `${jsdoc(['Another schema of the API.'], '  ')}  schema<N extends keyof Schemas>(name: N): Schemas[N]\n`
      : ''
    return [
      source`export interface ${schema.rpcTypeName} {${rpc.text && '\n'}${rpc}}\n`,
      source`${comments ? jsdoc([schema.comment]) : ''}export interface ${schema.typeName} extends ${runtimeType('Connection')} {\n${members.join('')}${jsdoc(['Functions.'], '  ')}  readonly rpc: ${schema.rpcTypeName}\n${others}}\n`,
    ]
  }
}

/** `can`: what the default schema's relations allow; `canIn`: the same by schema, where there are several. */
function canDeclarations({ schemas }: ClientModel, form: 'value' | 'type', end: string): string {
  const [first] = schemas
  if (first === undefined) return ''
  const doc = jsdoc(['What this role may do, for interfaces that show or hide a button.'])
  const declare = (name: string) => (form === 'value' ? `export const ${name} = ` : `export declare const ${name}: `)
  const one = (schema: SchemaModel, indent?: string) =>
    form === 'value' ? canObject(schema, indent) : canType(schema, indent)
  const whole = (text: string) => (form === 'value' ? `/* @__PURE__ */ frozen(${text}${end})` : text)
  const can = `${doc}${declare('can')}${whole(one(first))}\n`
  if (schemas.length === 1) return can
  const entries = schemas.map((schema) =>
    form === 'value'
      ? `  ${objectKey(schema.name)}: ${one(schema, '  ')},\n`
      : `  readonly ${typeKey(schema.name)}: ${one(schema, '  ')}\n`,
  )
  return `${can}\n${jsdoc(['The same by schema.'])}${declare('canIn')}${whole(`{\n${entries.join('')}}`)}\n`
}

/** `end`: a cast rather than a type, since under a type a key such as `constructor` is taken for Object's own. */
function metadata({ schemas }: ClientModel, end: string): string {
  return `const schemas = [\n${schemas.map(schemaMetadata).join('')}]${end}\n`
}
