import { CatalogError } from '../errors.js'
import type { Relation, Routine } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { compareNames, qualifiedName } from '../postgres/names.js'

const verbs = ['select', 'insert', 'update', 'delete'] as const
type Verb = (typeof verbs)[number]

export type Question =
  | { readonly kind: 'relation'; readonly relation: Relation; readonly verb: Verb; readonly column: string | null }
  | { readonly kind: 'function'; readonly routines: readonly Routine[] }

/** What `--why` was asked for cannot be read, or is not in the catalog. */
export class UnknownQuestionError extends CatalogError {
  override name = 'UnknownQuestionError'
  constructor(
    readonly question: string,
    advice: string,
  ) {
    super(
      `Cannot tell about ${JSON.stringify(question)}: ${advice} Ask for schema.relation.verb, ` +
        'schema.relation.column.verb (select, insert, update or delete) or schema.function.',
    )
  }
}

/**
 * Reads `api.orders.insert`, `api.orders.total.select` or `api.login`. Names that hold dots are written in double quotes;
 * where several readings are possible, one that the catalog has is taken.
 *
 * @throws UnknownQuestionError
 */
export function readQuestion(text: string, index: CatalogIndex): Question {
  const parts = partsOf(text.replace(/\(.*\)$/s, ''))
  const [schema = '', name = '', third = '', fourth = ''] = parts
  const relation = index.relations.get(qualifiedName(schema, name))
  if (relation !== undefined && (parts.length === 3 || parts.length === 4)) {
    const verb = verbs.find((candidate) => candidate === (fourth || third).toLowerCase())
    const column = parts.length === 4 ? third : null
    if (verb === undefined) throw new UnknownQuestionError(text, `${JSON.stringify(fourth || third)} is no verb.`)
    if (column !== null && !relation.columns.some((item) => item.name === column)) {
      const names = relation.columns.map((item) => item.name).join(', ')
      throw new UnknownQuestionError(text, `${schema}.${name} has no column ${JSON.stringify(column)}, but ${names}.`)
    }
    return { kind: 'relation', relation, verb, column }
  }
  const routines = index.routinesByName.get(qualifiedName(schema, name)) ?? []
  const called = routines.filter((routine) => !text.endsWith(')') || text.endsWith(`(${routine.identityArguments})`))
  if (parts.length === 2 && called.length > 0) return { kind: 'function', routines: called }
  throw new UnknownQuestionError(text, whatIsThere(schema, name, index))
}

function whatIsThere(schema: string, name: string, index: CatalogIndex): string {
  if (!index.schemas.has(schema)) {
    return `there is no schema ${JSON.stringify(schema)}, but ${[...index.schemas.keys()].sort(compareNames).join(', ')}.`
  }
  return `there is no relation or function ${JSON.stringify(name)} in the schema ${JSON.stringify(schema)}.`
}

function partsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  )
}
