import { type Catalog, quoteIdentifier, type Relation, signatureOfRoutine } from '@rolecast/catalog'
import { keyOfRelation } from '../rows/claims.js'
import { isTableLike } from './grants.js'
import type { Mutant, MutantContext, MutantKind } from './mutant.js'

/** Row-level security, options and owners of relations, and whose rights functions have. */
export function objectMutants(catalog: Catalog, context: MutantContext): readonly Mutant[] {
  const own = catalog.relations.filter(({ extension, isPartition }) => extension === null && !isPartition)
  return [
    ...own.flatMap((relation) => [
      ...rowSecurity(relation),
      ...viewOptions(relation, catalog.serverVersion),
      ...owners(relation, context),
    ]),
    ...functions(catalog, context),
  ]
}

function of(kind: MutantKind, object: string, relation: string | null) {
  return (change: string, widens: boolean, sql: string): Mutant => ({
    kind,
    object,
    change,
    sql: [sql],
    widens,
    undo: null,
    relation,
    roles: [],
    holders: null,
  })
}

function rowSecurity(relation: Relation): Mutant[] {
  if (!isTableLike(relation)) return []
  const key = keyOfRelation(relation)
  const make = of('row security', key, key)
  const { enabled, forced } = relation.rowSecurity
  const alter = (what: string) => `ALTER TABLE ${key} ${what} ROW LEVEL SECURITY`
  return [
    make(
      enabled ? 'disable row-level security' : 'enable row-level security',
      enabled,
      alter(enabled ? 'DISABLE' : 'ENABLE'),
    ),
    make(
      forced ? 'do not force row-level security' : 'force row-level security',
      forced,
      alter(forced ? 'NO FORCE' : 'FORCE'),
    ),
  ]
}

function viewOptions(relation: Relation, serverVersion: number): Mutant[] {
  if (relation.kind !== 'view') return []
  const key = keyOfRelation(relation)
  const make = of('view option', key, key)
  const { securityInvoker, securityBarrier } = relation
  return [
    ...(serverVersion >= 150000
      ? [
          make(
            `security_invoker = ${!securityInvoker}`,
            securityInvoker,
            `ALTER VIEW ${key} SET (security_invoker = ${!securityInvoker})`,
          ),
        ]
      : []),
    make(
      `security_barrier = ${!securityBarrier}`,
      false,
      `ALTER VIEW ${key} SET (security_barrier = ${!securityBarrier})`,
    ),
  ]
}

/** To whoever tries it, a superuser as a rule, and to the API roles. */
function owners(relation: Relation, { roles, login }: MutantContext): Mutant[] {
  const key = keyOfRelation(relation)
  const make = of('owner', key, key)
  const kinds = {
    table: 'TABLE',
    'partitioned table': 'TABLE',
    view: 'VIEW',
    'materialized view': 'MATERIALIZED VIEW',
    'foreign table': 'FOREIGN TABLE',
  } as const
  return [...new Set([login, ...roles])]
    .filter((role) => role !== relation.owner)
    .map((role) =>
      make(
        `owner ${quoteIdentifier(role)}`,
        true,
        `ALTER ${kinds[relation.kind]} ${key} OWNER TO ${quoteIdentifier(role)}`,
      ),
    )
}

function functions(catalog: Catalog, { login }: MutantContext): Mutant[] {
  return catalog.routines.flatMap((routine) => {
    if (routine.extension !== null || routine.schema === 'pg_catalog' || routine.kind === 'aggregate') return []
    const key = signatureOfRoutine(routine)
    const make = of('function security', key, null)
    const alter = (what: string) => `ALTER ROUTINE ${key} ${what}`
    const { securityDefiner, settings, owner } = routine
    return [
      make(
        securityDefiner ? 'SECURITY INVOKER' : 'SECURITY DEFINER',
        !securityDefiner,
        alter(securityDefiner ? 'SECURITY INVOKER' : 'SECURITY DEFINER'),
      ),
      ...(settings.some(({ name }) => name === 'search_path')
        ? [make('without its search_path', false, alter('RESET search_path'))]
        : []),
      ...(owner === login || !securityDefiner
        ? []
        : [make(`owner ${quoteIdentifier(login)}`, true, alter(`OWNER TO ${quoteIdentifier(login)}`))]),
    ]
  })
}
