import type { ServerState } from './server-state.js'

/** What was noticed while keys and schema were read. */
export function loadWarnings({ authenticator, database }: ServerState): readonly string[] {
  return [...authenticator.warnings, ...database.warnings]
}

/** What is dangerous or slow in the database itself: told when it is found, not at each reload. */
export function databaseWarnings({ config, database }: ServerState): readonly string[] {
  const { privilegedRoles, misdeclaredFunctions } = database
  return [
    ...(config.jwtPrivilegedRoles === 'warn' && privilegedRoles.length > 0
      ? [
          `Tokens may name roles that bypass row-level security: ${privilegedRoles.join(', ')}. See jwt-privileged-roles.`,
        ]
      : []),
    ...(misdeclaredFunctions.length > 0
      ? [
          `Declared IMMUTABLE, but the answer depends on who asks: ${misdeclaredFunctions.join(', ')}. Declare them STABLE. ` +
            'Until then PostgreSQL drops its plans after every request that runs functions, which is slow.',
        ]
      : []),
  ]
}
