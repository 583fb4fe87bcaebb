/** The major version of PostgreSQL from which on it has what our rules and statements depend on. */
const since = {
  /** the oldest whose catalogs are read */
  rolecast: 14,
  /** CREATE VIEW … WITH (security_invoker) */
  securityInvoker: 15,
  /** GRANT SET ON PARAMETER, pg_parameter_acl, has_parameter_privilege() */
  parameterPrivileges: 15,
  /** CREATE PUBLICATION … WHERE */
  publicationFilters: 15,
  /** GRANT … WITH INHERIT, SET; pg_has_role(…, 'SET') */
  membershipOptions: 16,
  /** an UPDATE computes generated columns only for the rows that it reaches */
  lazyGeneratedColumns: 16,
  /** a condition that is never true empties a scan wherever it stands; before, only where it is the only one */
  falseConditionsWin: 17,
  /** NOT ENFORCED and WITHOUT OVERLAPS */
  constraintOptions: 18,
} as const satisfies Record<string, number>

export type PostgresFeature = keyof typeof since

export const oldestMajor = since.rolecast

/** @param serverVersion server_version_num, for example 180004 */
export function hasFeature(serverVersion: number, feature: PostgresFeature): boolean {
  return serverVersion >= since[feature] * 10_000
}

/** What to ask `pg_has_role` for to learn whether a role may `SET ROLE` to another. */
export function settingPrivilege(serverVersion: number): 'SET' | 'MEMBER' {
  return hasFeature(serverVersion, 'membershipOptions') ? 'SET' : 'MEMBER'
}
