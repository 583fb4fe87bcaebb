import {
  compareNames,
  type Policy,
  qualifiedName,
  type Relation,
  signatureOfRoutine,
  type Verdict,
} from '@rolecast/catalog'
import { cellsOf } from '../../compare/cells.js'
import type { AuditContext } from '../../context.js'
import type { Finding } from '../../finding.js'
import { printable } from '../printable.js'

const verbs = ['select', 'insert', 'update', 'delete'] as const

/** How many rows a verb reaches, as the page has it: 0 not allowed, 1 no row, 2 some rows, 3 every row. */
const reach: Readonly<Record<Verdict, number>> = { never: 0, 'zero-rows': 1, 'rows-restricted': 2, unrestricted: 3 }

/**
 * What a role may do with a relation: the reach of each verb, then the columns of SELECT, INSERT and UPDATE by index, 1 for
 * all of them; 0 for nothing at all. Of a function: 1 it may be called, 0 not.
 */
export type PageCell = 0 | 1 | readonly [reach: readonly number[], ...columns: (1 | readonly number[])[]]

/** A row of the matrix. Its texts are for display only; nothing in them steers anything. */
export interface PageRow {
  readonly name: string
  readonly kind: string
  readonly owner: string
  /** of a table: row-level security is off, on, or holds the owner too */
  readonly rowSecurity: 'off' | 'on' | 'forced' | null
  readonly columns: readonly string[]
  readonly policies: readonly {
    readonly name: string
    readonly permissive: boolean
    readonly command: string
    /** indexes of the roles that it is for */
    readonly roles: readonly number[]
    readonly to: string
    readonly using: string | null
    readonly check: string | null
  }[]
  readonly cells: readonly PageCell[]
  /** how many findings name it */
  readonly findings: number
}

export interface PageMatrix {
  readonly roles: readonly string[]
  readonly rows: readonly PageRow[]
}

/** Roles and what is exposed, as the page's scripts take it. */
export function matrixOf(context: AuditContext, findings: readonly Finding[]): PageMatrix {
  const { roles, exposedRelations, exposedRoutines } = context
  const held = roles.map((role) => {
    const surface = context.surface(role)
    const relations = new Map(surface.relations.map((one) => [qualifiedName(one.schema, one.name), one]))
    const byObject = new Map<string, Record<string, Set<string>>>()
    for (const { object, verb, column } of cellsOf(surface).values()) {
      const columns = byObject.get(object) ?? {}
      byObject.set(object, columns)
      const named = columns[verb] ?? new Set()
      columns[verb] = named
      if (column !== undefined) named.add(column)
    }
    return { relations, byObject }
  })
  const counts = findingsByObject(findings)
  const relationRow = (relation: Relation): PageRow => {
    const key = qualifiedName(relation.schema, relation.name)
    const columns = relation.columns.map(({ name }) => name)
    const hasPolicies = relation.kind === 'table' || relation.kind === 'partitioned table'
    return {
      name: printable(key),
      kind: relation.kind,
      owner: printable(relation.owner),
      rowSecurity: hasPolicies ? rowSecurityOf(relation) : null,
      columns: columns.map(printable),
      policies: relation.policies.map((policy) => policyOf(policy, context)),
      cells: held.map(({ relations, byObject }) => cellOf(columns, byObject.get(key), relations.get(key)?.verdicts)),
      findings: counts(key),
    }
  }
  const functionRows = exposedRoutines.map((routine): PageRow => {
    const key = `${qualifiedName(routine.schema, routine.name)}(${routine.identityArguments})`
    return {
      name: printable(key),
      kind: routine.securityDefiner ? 'definer function' : 'function',
      owner: printable(routine.owner),
      rowSecurity: null,
      columns: [],
      policies: [],
      cells: held.map(({ byObject }) => (byObject.has(key) ? 1 : 0)),
      findings: counts(signatureOfRoutine(routine)),
    }
  })
  // of what nobody calls, such as functions of triggers, there is nothing to show
  const called = functionRows.filter(({ cells, findings: count }) => count > 0 || cells.includes(1))
  return { roles: roles.map(printable), rows: [...exposedRelations.map(relationRow), ...called].sort(byName) }
}

const byName = (a: PageRow, b: PageRow): number => compareNames(a.name, b.name)

function rowSecurityOf({ rowSecurity: { enabled, forced } }: Relation): 'off' | 'on' | 'forced' {
  if (!enabled) return 'off'
  return forced ? 'forced' : 'on'
}

function policyOf({ name, permissive, command, roles, using, check }: Policy, context: AuditContext) {
  const concerns = (role: string) => roles === null || roles.some((named) => context.hasRole(role, named))
  return {
    name: printable(name),
    permissive,
    command,
    roles: context.roles.flatMap((role, index) => (concerns(role) ? [index] : [])),
    to: roles === null ? 'PUBLIC' : roles.map(printable).join(', '),
    using: using && printable(using.text),
    check: check && printable(check.text),
  }
}

function cellOf(
  columns: readonly string[],
  held: Readonly<Record<string, ReadonlySet<string>>> | undefined,
  verdicts: { readonly [verb in (typeof verbs)[number]]: Verdict } | undefined,
): PageCell {
  if (held === undefined || verdicts === undefined) return 0
  const indexes = (['select', 'insert', 'update'] as const).map((verb) => {
    const named = held[verb] ?? new Set()
    const found = columns.flatMap((column, index) => (named.has(column) ? [index] : []))
    return found.length === columns.length && found.length > 0 ? 1 : found
  })
  return [verbs.map((verb) => (held[verb] === undefined ? 0 : Math.max(1, reach[verdicts[verb]]))), ...indexes]
}

/** How many findings are about an object itself, one of its columns or one of its policies. */
function findingsByObject(findings: readonly Finding[]): (key: string) => number {
  const counts = new Map<string, number>()
  for (const { object } of findings) {
    // a policy is named `p ON s.t`, a column `s.t.c`
    const bare = object.slice(object.lastIndexOf(' ON ') < 0 ? 0 : object.lastIndexOf(' ON ') + 4)
    const relation = /^((?:"(?:[^"]|"")*"|[^".]+)\.(?:"(?:[^"]|"")*"|[^".]+))\.(?:"(?:[^"]|"")*"|[^".]+)$/s.exec(bare)
    for (const name of new Set([object, bare, relation?.[1] ?? bare])) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return (key) => counts.get(key) ?? 0
}
