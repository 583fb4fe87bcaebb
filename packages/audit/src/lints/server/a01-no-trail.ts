import type { Found, Lint } from '../../lint.js'
import { loadsPgaudit, loggedWrites, pgauditClasses } from '../../server-log.js'

const logging = ['log_connections', 'log_disconnections', 'log_line_prefix'] as const

/** After an incident nobody could tell who did what. A warning where the server is known, since it is then the one that counts. */
export const lint: Lint = {
  id: 'A01',
  severity: 'warning',
  title: 'The server leaves no trace of who did what',
  nearMiss: 'Writes that log_statement logs, without pgaudit.',
  references: ['CWE-778', 'CIS 3.1', 'CIS 3.2'],
  *find(context): Generator<Found> {
    const { security, server } = context
    const { serverSettings } = security
    const severity = server === null ? 'information' : 'warning'
    const lacking = ['write', 'role', 'ddl'].filter((name) => !isLogged(pgauditClasses(context), name))
    if (loggedWrites(context) === null || (loadsPgaudit(context) && lacking.length > 0)) {
      yield {
        object: 'pgaudit',
        severity,
        message: loadsPgaudit(context)
          ? `pgaudit does not log ${lacking.join(', ')}.`
          : 'Neither pgaudit nor log_statement logs what changes data, roles and grants.',
        evidence: ['shared_preload_libraries', 'pgaudit.log', 'log_statement']
          .map((name) => `${name} = ${serverSettings[name] ?? '(not set, or not to be seen)'}`)
          .join(', '),
        fix: loadsPgaudit(context) ? `ALTER SYSTEM SET pgaudit.log = 'write, role, ddl';` : null,
      }
    }
    const silent = logging.filter((name) => isSilent(name, serverSettings[name]))
    if (silent.length > 0) {
      yield {
        object: silent.join(', '),
        severity,
        message: 'The log does not say who was connected when, and for which application.',
        evidence: silent.map((name) => `${name} = ${serverSettings[name]}`).join(', '),
        fix: silent.map((name) => `ALTER SYSTEM SET ${name} = ${proposed[name]};`).join(' '),
      }
    }
  },
}

const isLogged = (classes: readonly string[], name: string): boolean =>
  classes.some((one) => one === name || one === 'all') && !classes.includes(`-${name}`)

const proposed: Readonly<Record<(typeof logging)[number], string>> = {
  log_connections: "'on'",
  log_disconnections: "'on'",
  // %a: Rolecast's server tells the role there
  log_line_prefix: "'%m [%p] %q%u@%d %a '",
}

function isSilent(name: (typeof logging)[number], value: string | undefined): boolean {
  if (value === undefined) return false
  return name === 'log_line_prefix' ? !value.includes('%a') : value === 'off' || value === ''
}
