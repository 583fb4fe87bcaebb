import type { Security, Signature } from '@rolecast/catalog'

/** Whether a routine, or one that it calls, looks at the caller: a setting of the request, or the current role. */
export function asksWhoCalls(signature: Signature, security: Security, depth = 3): boolean {
  const code = security.code[signature]
  if (code === undefined) return false
  if (code.settingsRead.length > 0 || code.identities.length > 0) return true
  if (depth === 0) return false
  return Object.keys(security.code).some(
    (other) =>
      other !== signature &&
      code.calls.some((name) => other.startsWith(`${name}(`)) &&
      asksWhoCalls(other, security, depth - 1),
  )
}
