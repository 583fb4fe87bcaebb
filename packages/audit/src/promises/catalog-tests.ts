import { type Catalog, indexCatalog, type Relation, type Routine, signatureOfRoutine } from '@rolecast/catalog'
import { keyOfRelation } from '../rows/claims.js'
import type { Caller, Outcome, PermissionTest } from './permission-test.js'
import { sqlText } from './sql-text.js'

/** Whom the answers are put down to that are about no role. `none` is the login role in effect, and the name of no role. */
const theCatalog: Caller = { name: 'the catalog', role: 'none', claims: {} }

/** Something that a role has or has not, by PostgreSQL's own functions. */
export interface CatalogQuestion {
  readonly object: string
  readonly caller: Caller
  /** the beginnings of a sentence that `what` ends: where it has it, and where it has not */
  readonly titles: readonly [yes: string, no: string]
  readonly what: string
  /** one row: it has it */
  readonly sql: string
}

/** What no request shows: privileges that requests do not use, rights of owners, and memberships. */
export function catalogQuestions(
  catalog: Catalog,
  roles: readonly string[],
  login: string,
): readonly CatalogQuestion[] {
  const others = catalog.roles.filter(({ name }) => name !== login && !name.startsWith('pg_'))
  return roles.flatMap((role) => {
    const caller: Caller = { name: role, role, claims: {} }
    const [name, of] = [sqlText(role), { caller, titles: ['has', 'has not'] as const }]
    return [
      ...ownRelations(catalog).flatMap((relation): CatalogQuestion[] => {
        const object = keyOfRelation(relation)
        const oid = `${sqlText(object)}::regclass`
        return [
          ...['TRUNCATE', 'REFERENCES', 'TRIGGER'].map((privilege) => ({
            ...of,
            object,
            what: privilege,
            sql: `SELECT WHERE has_table_privilege(${name}, ${oid}, '${privilege}')`,
          })),
          {
            ...of,
            object,
            what: 'the rights of its owner',
            sql: `SELECT FROM pg_class WHERE oid = ${oid} AND pg_has_role(${name}, relowner, 'USAGE')`,
          },
        ]
      }),
      ...others
        .filter((other) => other.name !== role)
        .map((other) => ({
          object: role,
          caller,
          titles: ['is a member of', 'is no member of'] as const,
          what: other.name,
          sql: `SELECT WHERE pg_has_role(${name}, ${sqlText(other.name)}, 'MEMBER')`,
        })),
    ]
  })
}

/** One test of what a role has of an object, and one of what it has not. */
export function catalogTests(answers: readonly (readonly [CatalogQuestion, Outcome])[]): readonly PermissionTest[] {
  const groups = new Map<string, { readonly first: CatalogQuestion; readonly whole: CatalogQuestion[]; rows: 0 | 1 }>()
  for (const [question, outcome] of answers) {
    if (outcome !== '0 rows' && outcome !== '1 rows') continue
    const rows = outcome === '1 rows' ? 1 : 0
    const key = JSON.stringify([question.object, question.caller.name, question.titles, rows])
    const group = groups.get(key) ?? { first: question, whole: [], rows }
    groups.set(key, group)
    group.whole.push(question)
  }
  return [...groups.values()].map(({ first: { object, caller, titles }, whole, rows }) => ({
    title: `${titles[rows === 1 ? 0 : 1]} ${whole.map(({ what }) => what).join(', ')}`,
    object,
    caller,
    setup: [],
    steps: whole.map(({ sql }) => ({ sql, request: null })),
    expected: `${rows} rows` as const,
    ofCatalog: true,
  }))
}

/** With whose rights relations and functions work, and what protects them: as the catalog has it. */
export function catalogFacts(catalog: Catalog, login: string): readonly PermissionTest[] {
  return [
    ...ownRelations(catalog).flatMap((relation) => relationFact(relation, catalog.serverVersion, login)),
    ...catalog.routines
      .filter(({ extension, schema, kind }) => extension === null && schema !== 'pg_catalog' && kind !== 'aggregate')
      .flatMap((routine) => routineFact(routine, login)),
  ]
}

function ownRelations(catalog: Catalog): readonly Relation[] {
  return [...indexCatalog(catalog).relations.values()].filter(
    ({ extension, isPartition }) => extension === null && !isPartition,
  )
}

function relationFact(relation: Relation, serverVersion: number, login: string): readonly PermissionTest[] {
  const object = keyOfRelation(relation)
  const { owner, rowSecurity, securityInvoker, securityBarrier } = relation
  const facts: (readonly [what: string, sql: string])[] = []
  if (relation.kind === 'table' || relation.kind === 'partitioned table') {
    facts.push([
      `row-level security is ${rowSecurity.enabled ? 'enabled' : 'disabled'} and ${rowSecurity.forced ? '' : 'not '}forced`,
      `${not(rowSecurity.enabled)}relrowsecurity AND ${not(rowSecurity.forced)}relforcerowsecurity`,
    ])
  } else if (relation.kind === 'view') {
    const option = (name: string, value: boolean): readonly [string, string] => [
      `${name} is ${value}`,
      `${not(value)}coalesce((SELECT option_value::boolean FROM pg_options_to_table(reloptions) WHERE option_name = '${name}'), false)`,
    ]
    if (serverVersion >= 150000) facts.push(option('security_invoker', securityInvoker))
    facts.push(option('security_barrier', securityBarrier))
  }
  // Who runs the tests may be another where they are run.
  if (owner !== login) facts.push([`the owner is ${owner}`, `pg_get_userbyid(relowner) = ${sqlText(owner)}`])
  return fact(object, 'pg_class', `${sqlText(object)}::regclass`, facts)
}

function routineFact(routine: Routine, login: string): readonly PermissionTest[] {
  const object = signatureOfRoutine(routine)
  const { securityDefiner, owner, settings } = routine
  const path = settings.find(({ name }) => name === 'search_path')
  const facts: (readonly [what: string, sql: string])[] = [
    [securityDefiner ? 'it is SECURITY DEFINER' : 'it is SECURITY INVOKER', `${not(securityDefiner)}prosecdef`],
  ]
  if (path !== undefined)
    facts.push(['it has its search_path', `${sqlText(`search_path=${path.value}`)} = ANY (proconfig)`])
  if (securityDefiner && owner !== login)
    facts.push([`the owner is ${owner}`, `pg_get_userbyid(proowner) = ${sqlText(owner)}`])
  return fact(object, 'pg_proc', `${sqlText(object)}::regprocedure`, facts)
}

const not = (isTrue: boolean) => (isTrue ? '' : 'NOT ')

function fact(
  object: string,
  table: string,
  oid: string,
  facts: readonly (readonly [what: string, sql: string])[],
): readonly PermissionTest[] {
  if (facts.length === 0) return []
  const conditions = facts.map(([, sql]) => sql)
  return [
    {
      title: `says that ${facts.map(([what]) => what).join(', ')}`,
      object,
      caller: theCatalog,
      setup: [],
      steps: [{ sql: `SELECT FROM ${table} WHERE ${[`oid = ${oid}`, ...conditions].join(' AND ')}`, request: null }],
      expected: '1 rows',
      ofCatalog: true,
    },
  ]
}
