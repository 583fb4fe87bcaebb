import type { Identity } from '../authenticate/identity.js'
import { type HttpRequest, splitTarget } from '../http-message.js'

/** PostgreSQL cuts names off after so many bytes. */
const maxLength = 63

/**
 * The `application_name` of one request, so that pg_stat_activity, log lines and pgAudit name who asked. It is a setting of
 * the transaction: statements stay as they are, and so do their plans.
 * @param template db-application-name
 */
export function applicationName(
  template: string,
  { role, claims }: Identity,
  { method, target, headers }: HttpRequest,
  traceHeader: string | null,
): string {
  const values: Readonly<Record<string, () => string>> = {
    role: () => role,
    user: () => subjectOf(claims),
    id: () => headers[traceHeader ?? 'x-request-id'] ?? headers['x-request-id'] ?? '',
    trace: () => headers.traceparent?.split('-')[1] ?? '',
    method: () => method,
    path: () => splitTarget(target).path,
  }
  const name = template.replace(/\{(\w+)\}/g, (_, word: string) => values[word]?.() ?? '')
  return name.replace(/[^ -~]/g, '?').slice(0, maxLength)
}

function subjectOf(claims: string): string {
  const { sub } = JSON.parse(claims) as { sub?: unknown }
  return typeof sub === 'string' || typeof sub === 'number' ? String(sub) : ''
}
