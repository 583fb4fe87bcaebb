import { type Catalog, type Policy, quoteIdentifier, type Relation } from '@rolecast/catalog'
import { keyOfRelation } from '../rows/claims.js'
import { conjunctsOf } from './conjuncts.js'
import type { Mutant, MutantContext } from './mutant.js'

/** Each policy dropped, turned around, opened, closed, and given to other roles. */
export function policyMutants(catalog: Catalog, { roles }: MutantContext): readonly Mutant[] {
  return catalog.relations.flatMap((relation) =>
    relation.extension === null ? relation.policies.flatMap((policy) => mutantsOf(relation, policy, roles)) : [],
  )
}

function mutantsOf(relation: Relation, policy: Policy, roles: readonly string[]): Mutant[] {
  const key = keyOfRelation(relation)
  const name = quoteIdentifier(policy.name)
  const make = (
    change: string,
    widens: boolean,
    sql: readonly string[],
    concerned: readonly string[] = policy.roles ?? [],
  ): Mutant => ({
    kind: 'policy',
    object: `${name} ON ${key}`,
    change,
    sql,
    widens,
    undo: null,
    relation: key,
    roles: concerned,
    holders: null,
  })
  const alter = (change: string, widens: boolean, what: string) =>
    make(change, widens, [`ALTER POLICY ${name} ON ${key} ${what}`])
  /** Who loses or gains it is concerned, and not only who has it. */
  const alterRoles = (change: string, widens: boolean, to: string) =>
    make(change, widens, [`ALTER POLICY ${name} ON ${key} TO ${to}`], [])
  const withoutConjuncts = (condition: Policy['using'], where: string) => {
    const parts = condition === null ? [] : conjunctsOf(condition.text)
    return parts.length < 2
      ? []
      : parts.map((part, at) =>
          alter(
            `${where} without ${part}`,
            true,
            `${where} (${parts.filter((_, other) => other !== at).join(' AND ')})`,
          ),
        )
  }
  const drop = `DROP POLICY ${name} ON ${key}`
  const hasUsing = policy.using !== null && policy.using.constant === null
  const hasCheck = policy.check !== null && policy.check.constant === null
  const isRow = policy.command !== 'insert'
  const isWrite = policy.command !== 'select' && policy.command !== 'delete'
  return [
    make('drop it', !policy.permissive, [drop]),
    make(policy.permissive ? 'make it restrictive' : 'make it permissive', !policy.permissive, [
      drop,
      createPolicy(relation, { ...policy, permissive: !policy.permissive }),
    ]),
    ...(isRow && policy.using?.constant !== true ? [alter('USING (true)', true, 'USING (true)')] : []),
    ...(isRow && policy.using?.constant !== false ? [alter('USING (false)', false, 'USING (false)')] : []),
    ...(hasUsing ? [alter('USING turned around', true, `USING (NOT coalesce((${policy.using.text}), false))`)] : []),
    ...(isRow ? withoutConjuncts(policy.using, 'USING') : []),
    ...(isWrite ? withoutConjuncts(policy.check, 'WITH CHECK') : []),
    ...(isWrite && policy.check?.constant !== true ? [alter('WITH CHECK (true)', true, 'WITH CHECK (true)')] : []),
    ...(isWrite && policy.check?.constant !== false ? [alter('WITH CHECK (false)', false, 'WITH CHECK (false)')] : []),
    ...(hasCheck && isWrite
      ? [alter('WITH CHECK turned around', true, `WITH CHECK (NOT coalesce((${policy.check.text}), false))`)]
      : []),
    ...(policy.roles === null
      ? roles.map((role) => alterRoles(`only TO ${quoteIdentifier(role)}`, !policy.permissive, quoteIdentifier(role)))
      : [
          alterRoles('TO PUBLIC', policy.permissive, 'PUBLIC'),
          ...roles
            .filter((role) => !policy.roles?.includes(role))
            .map((role) =>
              alterRoles(
                `also TO ${quoteIdentifier(role)}`,
                policy.permissive,
                namesOf([...(policy.roles ?? []), role]),
              ),
            ),
          ...(policy.roles.length > 1
            ? policy.roles.map((role) =>
                alterRoles(
                  `not TO ${quoteIdentifier(role)}`,
                  !policy.permissive,
                  namesOf(policy.roles?.filter((item) => item !== role) ?? []),
                ),
              )
            : []),
        ]),
  ]
}

const namesOf = (roles: readonly string[]) => roles.map(quoteIdentifier).join(', ')

function createPolicy(relation: Relation, { name, permissive, command, roles, using, check }: Policy): string {
  return [
    `CREATE POLICY ${quoteIdentifier(name)} ON ${keyOfRelation(relation)} AS ${permissive ? 'PERMISSIVE' : 'RESTRICTIVE'} FOR ${command.toUpperCase()}`,
    `TO ${roles === null ? 'PUBLIC' : namesOf(roles)}`,
    ...(using === null ? [] : [`USING (${using.text})`]),
    ...(check === null ? [] : [`WITH CHECK (${check.text})`]),
  ].join(' ')
}
