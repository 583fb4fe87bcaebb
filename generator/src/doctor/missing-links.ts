import { type Catalog, indexCatalog, qualifiedName, type RolePrivileges } from '@rolecast/catalog'
import type { GrantLink, Link } from './link.js'
import type { Mentioned } from './mentioned.js'
import type { Reached, ReachedRelation } from './reached.js'

type Verb = GrantLink['verb']

const verbsOf: Readonly<Record<string, readonly Verb[]>> = {
  GET: ['select'],
  HEAD: ['select'],
  POST: ['insert', 'select'],
  PATCH: ['update', 'select'],
  PUT: ['insert', 'select', 'update'],
  DELETE: ['delete', 'select'],
}

const everyVerb: readonly Verb[] = ['select', 'insert', 'update', 'delete']

/** All that a request may need and does not have, where it may touch: PostgreSQL then says which of these it needs. */
export function missingLinks(catalog: Catalog, role: string, mentioned: Mentioned, reached: Reached): readonly Link[] {
  const { privileges } = indexCatalog(catalog)
  const own = privileges.get(role)
  const verbs = verbsFor(mentioned)
  const usage = [...reached.schemas]
    .filter((schema) => own?.schemas.includes(schema) === false)
    .map((schema): Link => ({ kind: 'usage', schema, who: role }))
  const grants = reached.relations.flatMap((item) => {
    const held = privileges.get(item.who)
    return held === undefined ? [] : missingGrants(item, held, item.isSpokenOf ? everyVerb : verbs, mentioned)
  })
  const functions = [...reached.functions]
    .filter((signature) => own?.routines.includes(signature as RolePrivileges['routines'][number]) === false)
    .map((signature): Link => ({ kind: 'function', signature, who: role }))
  const sequences = [...reached.sequences]
    .filter((sequence) => own?.sequences.nextval.includes(sequence as `${string}.${string}`) === false)
    .map((sequence): Link => ({ kind: 'sequence', sequence, who: role }))
  return [...usage, ...grants, ...functions, ...sequences, ...policyLinks(catalog, reached, verbs)]
}

export function verbsFor({ isCall, isUpsert, method }: Mentioned): readonly Verb[] {
  if (isCall) return everyVerb
  const verbs = verbsOf[method] ?? []
  return isUpsert && !verbs.includes('update') ? [...verbs, 'update'] : verbs
}

/** Columns that the request names come first: where any column does, one of these is taken. */
function missingGrants(
  { relation, through }: ReachedRelation,
  held: RolePrivileges,
  verbs: readonly Verb[],
  mentioned: Mentioned,
): GrantLink[] {
  const key = qualifiedName(relation.schema, relation.name)
  const has = held.relations[key]
  const names = relation.columns.map(({ name }) => name)
  const columns = [...names.filter(mentioned.mentions), ...names.filter((name) => !mentioned.mentions(name))]
  return verbs
    .filter((verb) => has?.table.includes(verb) !== true)
    .flatMap((verb): GrantLink[] => {
      const link = { kind: 'grant', relation: key, verb, who: held.role, through } as const
      if (verb === 'delete') return [{ ...link, column: null }]
      const given = has?.columns[verb] ?? []
      return columns.filter((column) => !given.includes(column)).map((column) => ({ ...link, column }))
    })
}

function policyLinks(catalog: Catalog, { relations }: Reached, verbs: readonly Verb[]): Link[] {
  const { privileges } = indexCatalog(catalog)
  return relations
    .filter(({ relation }) => relation.rowSecurity.enabled)
    .flatMap(({ relation, who }) => {
      const key = qualifiedName(relation.schema, relation.name)
      const has = privileges.get(who)?.has ?? []
      const restrictive = relation.policies.filter(
        ({ permissive, command, roles }) =>
          !permissive &&
          (command === 'all' || verbs.includes(command)) &&
          (roles === null || roles.some((role) => has.includes(role))),
      )
      return [
        ...restrictive.map(
          ({ name, using, check }): Link => ({
            kind: 'restrictive',
            relation: key,
            policy: name,
            using: using?.text ?? null,
            check: check?.text ?? null,
            who,
          }),
        ),
        ...verbs.map((verb): Link => ({ kind: 'policy', relation: key, verb, who })),
      ]
    })
}
