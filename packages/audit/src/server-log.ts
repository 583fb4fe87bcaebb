import type { AuditContext } from './context.js'

type Known = Pick<AuditContext, 'security' | 'catalog'>

/** Which log of the server has every write, as a sentence; null: none that the catalogs tell of. */
export function loggedWrites(known: Known): string | null {
  if (loadsPgaudit(known) && pgauditClasses(known).some((name) => name === 'write' || name === 'all')) {
    return 'pgaudit logs every write (pgaudit.log).'
  }
  const statements = known.security.serverSettings.log_statement ?? ''
  return statements === 'mod' || statements === 'all'
    ? `The server logs every statement that changes data (log_statement = ${statements}).`
    : null
}

/** False also where the reader may not see it, which only superusers and members of pg_read_all_settings may. */
export function loadsPgaudit({ security: { serverSettings } }: Known): boolean {
  return /(^|[\s,"/])pgaudit($|[\s,"])/.test(serverSettings.shared_preload_libraries ?? '')
}

/** What pgaudit.log says, of the server and of ALTER DATABASE or ALTER ROLE ALL. */
export function pgauditClasses({ security: { serverSettings }, catalog: { settings } }: Known): readonly string[] {
  const texts = [
    serverSettings['pgaudit.log'],
    ...settings.filter(({ role, name }) => role === null && name === 'pgaudit.log').map(({ value }) => value),
  ]
  return texts.flatMap((text) => (text ?? '').toLowerCase().split(',')).map((name) => name.trim())
}
