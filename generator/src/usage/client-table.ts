import type { ObjectName } from '@rolecast/audit'
import { splitQualifiedName } from '@rolecast/catalog'
import type { Node, Type } from 'ts-morph'
import { type GeneratedFile, type GeneratedRelation, generatedFile } from './generated-file.js'

/** A relation of a generated client, or the rows of one of its functions, as the types of a query name it. */
export interface ClientTable {
  readonly type: Type
  readonly file: GeneratedFile
  readonly relation: ObjectName
  /** absent: rows of a function that are no relation's */
  readonly meta: GeneratedRelation | undefined
}

/** What the client's `Table` has, and nothing else is likely to. */
const members = ['name', 'row', 'fields', 'filter', 'rels', 'embeds', 'ordered', 'ranked', 'summed'] as const

/** The relation that a type is about: of a relation's interface, a query, or a write. Null: of none, or of any. */
export function tableIn(type: Type, at: Node): ClientTable | null {
  const found = tableTypeIn(type, 0)
  return found ? tableOf(found, at) : tableOfInterface(type)
}

function tableTypeIn(type: Type, depth: number): Type | null {
  if (depth > 5 || type.isAny()) return null
  if (members.every((name) => type.getProperty(name) !== undefined)) return type
  const next = [
    ...(type.isUnion() ? type.getUnionTypes() : []),
    ...(type.isIntersection() ? type.getIntersectionTypes() : []),
    ...type.getTypeArguments(),
    ...type.getAliasTypeArguments(),
    ...(type.isInterface() || type.isClass() ? type.getBaseTypes() : []),
  ]
  for (const one of next) {
    const found = tableTypeIn(one, depth + 1)
    if (found !== null) return found
  }
  return null
}

function tableOf(type: Type, at: Node): ClientTable | null {
  const name = type.getProperty('name')?.getTypeAtLocation(at).getLiteralValue()
  const declared = type.getSymbol()?.getDeclarations()[0]?.getSourceFile()
  const file = declared && generatedFile(declared)
  if (!file || typeof name !== 'string') return null
  const relation = nameOfRelation(name)
  const meta = file.schemas
    .find((schema) => schema.name === relation.schema)
    ?.relations.find((one) => one.name === relation.name)
  return { type, file, relation, meta }
}

/** Of a relation that can only be written to no type says which it is. */
function tableOfInterface(type: Type): ClientTable | null {
  const symbol = type.getSymbol()
  const declared = symbol?.getDeclarations()[0]?.getSourceFile()
  const file = declared && generatedFile(declared)
  const found = file?.relationsOf.get(symbol?.getName() ?? '')
  if (!file || !found) return null
  return { type, file, relation: { schema: found.schema, name: found.relation.name }, meta: found.relation }
}

/** A function's rows are called by its name with arguments in parentheses. */
function nameOfRelation(name: string): ObjectName {
  try {
    return splitQualifiedName(name)
  } catch {
    return { schema: null, name }
  }
}

/** The table of the same client that one of its relationships leads to. */
export function relatedTable(table: ClientTable, property: string): GeneratedRelation | undefined {
  return table.file.schemas
    .find((schema) => schema.name === table.relation.schema)
    ?.relations.find((one) => one.property === property)
}
