import { type AclItem, type Catalog, qualifiedName, quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'

/** One privilege that a role was granted itself. What stands for all columns of a relation is one grant for each. */
export interface Grant {
  readonly grantee: string
  readonly kind: 'relation' | 'sequence' | 'routine' | 'schema'
  /** in SQL's spelling */
  readonly object: string
  /** in capitals, as PostgreSQL calls it */
  readonly privilege: string
  readonly column: string | null
  /** of a column: it was granted on the whole relation */
  readonly isOfTable: boolean
  /** whoever granted it must be the one who revokes it */
  readonly grantor: string
  readonly isGrantable: boolean
}

/** Privileges that can be granted on single columns, and that requests of the API can need there. */
const ofColumns: ReadonlySet<string> = new Set(['SELECT', 'INSERT', 'UPDATE'])

/** What these roles were granted on the exposed schemas, their relations, routines and sequences. */
export function grantsOf(catalog: Catalog, schemas: readonly string[], grantees: ReadonlySet<string>): Grant[] {
  const exposed = new Set(schemas)
  const isExposed = ({ schema }: { readonly schema: string }) => exposed.has(schema)
  return [
    ...catalog.schemas
      .filter(({ name }) => exposed.has(name))
      .flatMap(({ name, acl }) => itemsOf(acl, grantees, { kind: 'schema', object: quoteIdentifier(name) })),
    ...catalog.relations.filter(isExposed).flatMap(({ schema, name, acl, columns }) => {
      const object = qualifiedName(schema, name)
      const names = columns.map((column) => column.name)
      return [
        ...itemsOf(acl, grantees, { kind: 'relation', object }).flatMap((grant) =>
          ofColumns.has(grant.privilege) ? names.map((column) => ({ ...grant, column, isOfTable: true })) : [grant],
        ),
        ...columns.flatMap((column) => itemsOf(column.acl, grantees, { kind: 'relation', object }, column.name)),
      ]
    }),
    // Those that expressions name: no request can use another one.
    ...catalog.sequences
      .filter(isExposed)
      .flatMap(({ schema, name, acl }) =>
        itemsOf(acl, grantees, { kind: 'sequence', object: qualifiedName(schema, name) }),
      ),
    ...catalog.routines
      .filter(isExposed)
      .flatMap((routine) => itemsOf(routine.acl, grantees, { kind: 'routine', object: signatureOfRoutine(routine) })),
  ]
}

function itemsOf(
  acl: readonly AclItem[] | null,
  grantees: ReadonlySet<string>,
  on: Pick<Grant, 'kind' | 'object'>,
  column: string | null = null,
): Grant[] {
  return (acl ?? []).flatMap(({ grantee, grantor, privileges }) =>
    grantee === null || !grantees.has(grantee)
      ? []
      : privileges.map(({ privilege, grantable }) => ({
          ...on,
          grantee,
          privilege,
          column,
          grantor,
          isGrantable: grantable,
          isOfTable: false,
        })),
  )
}
