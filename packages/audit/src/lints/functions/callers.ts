import { type Routine, signatureOfRoutine } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'

/** The API roles that may execute a routine and use its schema. Trigger functions have no callers. */
export function callersOf(
  routine: Routine,
  { roles, index }: Pick<AuditContext, 'roles' | 'index'>,
): readonly string[] {
  if (routine.returns.type.formatted === 'trigger' || routine.returns.type.formatted === 'event_trigger') return []
  const signature = signatureOfRoutine(routine)
  return roles.filter((role) => {
    const privileges = index.privileges.get(role)
    return (
      (privileges?.schemas.includes(routine.schema) ?? false) && (privileges?.routines.includes(signature) ?? false)
    )
  })
}
