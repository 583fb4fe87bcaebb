import { qualifiedName } from '../postgres/names.js'
import type { FunctionSurface, RelationSurface, Surface } from '../surface/surface.js'
import { pascalCase, TypeNames } from '../surface/type-names.js'
import { withoutZeroRows } from '../surface/without-zero-rows.js'
import { type FunctionContext, functionPath } from './function-path.js'
import { description, type Json, object } from './json.js'
import { errorSchema, parameters, responses } from './parts.js'
import { type RelationContext, relationParameters, relationPath, relationSchemas } from './relation-path.js'
import { ValueSchemas } from './value-schemas.js'

export interface OpenApiOptions {
  /** What the API is called. Default: the first line of the schema's comment, or the schema's name. */
  readonly title?: string | undefined
  /** The API's version. Default `1`. */
  readonly version?: string | undefined
  /** Where the API is, `https://api.example.com`. Default: where the document is. */
  readonly servers?: readonly string[] | undefined
  /** The role of requests without a token: its document asks for none. */
  readonly anonymous?: string | undefined
  /** Also offer verbs that no row-level security policy lets any row through. Default false. */
  readonly zeroRows?: boolean | undefined
  /** Write the database's comments as descriptions. Default true. */
  readonly comments?: boolean | undefined
}

/** Schemas that a document treats otherwise than the others. */
export interface DocumentSchemas {
  /** the API's default one; what is in another is asked for with a header that names it */
  readonly default: string | undefined
  /** the one whose relation has the path, where several have one of a name, and whose comment says what it is about */
  readonly first: string | undefined
}

export interface OpenApiDocument {
  readonly document: Json
  readonly relations: number
  readonly functions: number
  /** what another schema has of the same name: one path stands for one of them only */
  readonly left: readonly string[]
}

/**
 * The API of a role as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), relations, columns and
 * functions that the role may use, and no others. Pure; the same surface and options give the same document.
 *
 * @param schemas default: the surface's first one, as both
 */
export function openApiDocument(
  surface: Surface,
  options: OpenApiOptions = {},
  schemas: DocumentSchemas = { default: surface.schemas[0]?.name, first: surface.schemas[0]?.name },
): OpenApiDocument {
  const inApi = surface.relations.filter(({ isPartition }) => !isPartition)
  const offered = options.zeroRows === true ? inApi : withoutZeroRows(inApi)
  const hasComments = options.comments ?? true
  const names = new TypeNames(['Error'])
  const typeNames = new Map<string, string>()
  const components = surface.types.filter(({ kind }) => kind !== 'range' && kind !== 'multirange')

  const paths = new Map<string, Json>()
  const left: string[] = []
  const isDefaultSchema = ({ schema }: { readonly schema: string }) => schema === schemas.default
  const rank = ({ schema }: { readonly schema: string }) =>
    schema === schemas.first ? 0 : schema === schemas.default ? 1 : 2
  const inOrder = <T extends { readonly schema: string }>(all: readonly T[]) =>
    [...all].sort((a, b) => rank(a) - rank(b))

  const relations = inOrder(offered).filter((relation) => claims(`/${encodeName(relation.name)}`, relation))
  const groups = [...groupBy(inOrder(surface.functions), ({ schema, name }) => `${schema}\0${name}`).values()].filter(
    ([first]) => first !== undefined && claims(`/rpc/${encodeName(first.name)}`, first),
  )
  const relationNames = relations.map(
    (relation) => [relation, names.claim(pascalCase(relation.name), suffixes)] as const,
  )
  for (const type of components) {
    typeNames.set(qualifiedName(type.schema, type.name), names.claim(pascalCase(type.name)))
  }
  const values = new ValueSchemas(typeNames, hasComments)
  const bodies: [string, Json][] = [['Error', errorSchema]]
  const shared: [string, Json][] = Object.entries(parameters)

  for (const [relation, name] of relationNames) {
    const context: RelationContext = { relation, name, values, isDefaultSchema: isDefaultSchema(relation), hasComments }
    bodies.push(...relationSchemas(context))
    shared.push(...relationParameters(context))
    paths.set(`/${encodeName(relation.name)}`, relationPath(context))
  }
  for (const overloads of groups) {
    const [first] = overloads
    if (first === undefined) continue
    const name = names.claim(`Rpc${pascalCase(first.name)}`)
    const context: FunctionContext = { overloads, name, values, isDefaultSchema: isDefaultSchema(first), hasComments }
    paths.set(`/rpc/${encodeName(first.name)}`, functionPath(context))
  }
  for (const type of components) {
    bodies.push([typeNames.get(qualifiedName(type.schema, type.name)) ?? '', values.component(type)])
  }
  const document: Json = {
    openapi: '3.1.0',
    info: info(surface, options, schemas.first),
    ...(options.servers && { servers: options.servers.map((url) => ({ url })) }),
    security: options.anonymous === surface.role ? [{}] : [{ JWT: [] }],
    paths: object(paths),
    components: {
      schemas: object(bodies),
      parameters: object(shared),
      responses,
      securitySchemes: { JWT: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
  return { document, relations: relations.length, functions: groups.length, left }

  function claims(path: string, { schema, name }: RelationSurface | FunctionSurface): boolean {
    if (paths.has(path)) {
      left.push(`${schema}.${name}`)
      return false
    }
    paths.set(path, {})
    return true
  }
}

const suffixes = ['', 'Insert', 'Update', 'Inserted', 'Updated', 'Deleted']

/** In a path, braces would stand for a parameter. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function info(surface: Surface, options: OpenApiOptions, described: string | undefined): Json {
  const schema = surface.schemas.find(({ name }) => name === described)
  const said = options.comments === false ? {} : description(schema?.comment ?? null)
  const [title = ''] = typeof said.description === 'string' ? said.description.split('\n', 1) : []
  return { title: options.title ?? (title || (schema?.name ?? 'API')), version: options.version ?? '1', ...said }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
