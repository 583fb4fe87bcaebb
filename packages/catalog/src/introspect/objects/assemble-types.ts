import type { Type, TypeOperators } from '../../model/catalog.js'
import { byNames } from '../../postgres/names.js'
import type { Names } from '../names.js'
import { parseAcl } from './acl.js'
import type { Read } from './assemble-relations.js'
import type { AttributeRow, ConstraintRow, TypeRow } from './rows.js'

export interface TypeParts {
  /** by the type's relation */
  readonly attributes: ReadonlyMap<number, readonly AttributeRow[]>
  /** by the type */
  readonly checks: ReadonlyMap<number, readonly Read<ConstraintRow>[]>
  /** by the type */
  readonly operators: ReadonlyMap<number, TypeOperators>
}

export function assembleType(row: Read<TypeRow>, parts: TypeParts, names: Names): Type {
  const base = {
    schema: names.schema(row.namespace),
    name: row.name,
    owner: names.role(row.owner),
    acl: parseAcl(row.acl),
    comment: row.comment,
    extension: row.extension,
  }
  switch (row.kind) {
    case 'e':
      return { ...base, kind: 'enum', labels: row.labels ?? [] }
    case 'd':
      return {
        ...base,
        kind: 'domain',
        base: names.type(row.base, row.baseFormatted),
        notNull: row.notNull,
        default: row.default,
        defaultUses: names.uses(row.uses),
        checks: (parts.checks.get(row.oid) ?? [])
          .map(({ name, expression, holds: isValidated, isExact, uses }) => ({
            name,
            expression: expression ?? '',
            isValidated,
            isExact,
            functions: names.functions(uses),
            code: names.code(uses),
          }))
          .sort(byNames(({ name }) => name)),
      }
    case 'c':
      return {
        ...base,
        kind: 'composite',
        attributes: (parts.attributes.get(row.relation) ?? []).map(({ name, type, formatted, comment }) => ({
          name,
          type: names.type(type, formatted),
          comment,
        })),
      }
    case 'r':
    case 'm':
      return { ...base, kind: row.kind === 'r' ? 'range' : 'multirange', subtype: names.type(row.subtype ?? 0) }
    default:
      return {
        ...base,
        kind: row.kind === 'p' ? 'pseudo' : 'base',
        category: row.category,
        operators: parts.operators.get(row.oid) ?? null,
      }
  }
}
