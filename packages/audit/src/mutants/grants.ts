import {
  type AclItem,
  type Catalog,
  qualifiedName,
  quoteIdentifier,
  type Relation,
  signatureOfRoutine,
} from '@rolecast/catalog'
import { sqlText } from '../promises/sql-text.js'
import { keyOfRelation } from '../rows/claims.js'
import type { Mutant, MutantContext } from './mutant.js'

const nameOf = (grantee: string | null) => (grantee === null ? 'PUBLIC' : quoteIdentifier(grantee))

interface Target {
  /** `TABLE api.orders`, as GRANT writes it */
  readonly on: string
  readonly object: string
  readonly relation: string | null
  readonly owner: string
  readonly acl: readonly AclItem[] | null
  readonly holders: string
  /** ` (cost)`, of one column */
  readonly columns: string
  /** privileges to give to who has them not */
  readonly given: readonly string[]
}

const privilegesOfTables = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']

/** Every privilege that is there, revoked; and every one that a role lacks, granted to each role that lacks it. */
export function grantMutants(catalog: Catalog, context: MutantContext): readonly Mutant[] {
  return targetsOf(catalog, context).flatMap((target) => [...revoked(target), ...granted(target, context)])
}

function targetsOf(catalog: Catalog, { exposed }: MutantContext): Target[] {
  const relations = catalog.relations.filter(({ extension, isPartition }) => extension === null && !isPartition)
  const isExposed = ({ schema }: { readonly schema: string }) => exposed.includes(schema)
  return [
    ...catalog.schemas
      .filter(({ extension }) => extension === null)
      .map(({ name, owner, acl }): Target => {
        const key = quoteIdentifier(name)
        return {
          on: `SCHEMA ${key}`,
          object: key,
          relation: null,
          owner,
          acl,
          columns: '',
          given: ['USAGE'],
          holders: holders(`has_schema_privilege(r.oid, ${sqlText(key)}::regnamespace, 'USAGE')`),
        }
      }),
    ...relations.flatMap((relation): Target[] => {
      const key = keyOfRelation(relation)
      const base = {
        on: `TABLE ${key}`,
        object: key,
        relation: key,
        owner: relation.owner,
        holders: holdersOfRelation(key),
      }
      return [
        { ...base, acl: relation.acl, columns: '', given: privilegesOfTables },
        ...relation.columns.map(({ name, acl }): Target => {
          const given = isExposed(relation) ? ['SELECT', 'INSERT', 'UPDATE'] : []
          return {
            ...base,
            object: `${key}.${quoteIdentifier(name)}`,
            acl: acl ?? [],
            columns: ` (${quoteIdentifier(name)})`,
            given,
          }
        }),
      ]
    }),
    ...catalog.routines
      .filter(({ extension, schema, kind }) => extension === null && kind !== 'aggregate' && schema !== 'pg_catalog')
      .map((routine): Target => {
        const key = signatureOfRoutine(routine)
        const on = `${routine.kind === 'procedure' ? 'PROCEDURE' : 'FUNCTION'} ${key}`
        // Without a list of its own, a function is everybody's.
        const acl = routine.acl ?? [
          { grantee: null, grantor: routine.owner, privileges: [{ privilege: 'EXECUTE', grantable: false }] },
        ]
        return {
          on,
          object: key,
          relation: null,
          owner: routine.owner,
          acl,
          columns: '',
          given: ['EXECUTE'],
          holders: holders(`has_function_privilege(r.oid, ${sqlText(key)}::regprocedure, 'EXECUTE')`),
        }
      }),
    ...catalog.sequences.map(({ schema, name, owner, acl }): Target => {
      const key = qualifiedName(schema, name)
      return {
        on: `SEQUENCE ${key}`,
        object: key,
        relation: null,
        owner,
        acl,
        columns: '',
        given: ['USAGE'],
        holders: holders(
          ['USAGE', 'SELECT', 'UPDATE']
            .map((privilege) => `has_sequence_privilege(r.oid, ${sqlText(key)}::regclass, '${privilege}')`)
            .join(', '),
        ),
      }
    }),
  ]
}

function revoked({ holders: held, on, object, relation, owner, acl, columns }: Target): Mutant[] {
  return (acl ?? []).flatMap(({ grantee, grantor, privileges }) =>
    grantee === owner
      ? []
      : privileges.map(({ privilege }): Mutant => {
          const by = grantor === owner ? '' : ` GRANTED BY ${quoteIdentifier(grantor)}`
          return {
            kind: 'grant',
            object,
            change: `revoke ${privilege}${columns} from ${nameOf(grantee)}`,
            sql: [`REVOKE ${privilege}${columns} ON ${on} FROM ${nameOf(grantee)}${by} CASCADE`],
            widens: false,
            undo: null,
            relation,
            roles: grantee === null ? [] : [grantee],
            holders: held,
          }
        }),
  )
}

function granted(
  { holders: query, on, object, relation, owner, acl, columns, given }: Target,
  { roles }: MutantContext,
): Mutant[] {
  const grantees = columns === '' ? [...roles, null] : roles
  return grantees.flatMap((grantee) => {
    if (grantee === owner) return []
    const held = (acl ?? [])
      .filter((item) => item.grantee === grantee)
      .flatMap(({ privileges }) => privileges.map(({ privilege }) => privilege))
    return given
      .filter((privilege) => !held.includes(privilege))
      .map(
        (privilege): Mutant => ({
          kind: 'grant',
          object,
          change: `grant ${privilege}${columns} to ${nameOf(grantee)}`,
          sql: [`GRANT ${privilege}${columns} ON ${on} TO ${nameOf(grantee)}`],
          widens: true,
          undo: null,
          relation,
          roles: grantee === null ? [] : [grantee],
          holders: query,
        }),
      )
  })
}

export const isTableLike = ({ kind }: Relation): boolean => kind === 'table' || kind === 'partitioned table'

/** Of every role, whether these are true. */
const holders = (privileges: string): string =>
  `SELECT md5(string_agg(concat_ws(',', r.oid, ${privileges}), ';' ORDER BY r.oid)) AS holders FROM pg_catalog.pg_roles r`

function holdersOfRelation(key: string): string {
  const [relation, verbs] = [`${sqlText(key)}::regclass`, ['SELECT', 'INSERT', 'UPDATE']]
  const onTable = [...verbs, 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'].map(
    (verb) => `has_table_privilege(r.oid, ${relation}, '${verb}')`,
  )
  const onColumn = verbs.map((verb) => `has_column_privilege(r.oid, a.attrelid, a.attnum, '${verb}')`)
  const columns = `(SELECT string_agg(concat_ws(',', ${onColumn.join(', ')}), ';' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = ${relation} AND a.attnum > 0 AND NOT a.attisdropped)`
  return holders([...onTable, columns].join(', '))
}
