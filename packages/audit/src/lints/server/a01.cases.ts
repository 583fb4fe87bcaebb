import type { LintCases } from '../../lint-cases.fixture.js'

const good = {
  shared_preload_libraries: 'pg_stat_statements, pgaudit',
  'pgaudit.log': 'write, role, ddl',
  log_statement: 'none',
  log_connections: 'on',
  log_disconnections: 'on',
  log_line_prefix: '%m [%p] %q%u@%d %a ',
}

export const cases: LintCases = {
  id: 'A01',
  positive: [
    { sql: '', settings: { ...good, shared_preload_libraries: '' }, object: 'pgaudit' },
    { sql: '', settings: { ...good, 'pgaudit.log': 'write' }, object: 'pgaudit' },
    { sql: '', settings: { ...good, log_line_prefix: '%m [%p] ' }, object: 'log_line_prefix' },
    {
      sql: '',
      settings: { ...good, log_connections: 'off', log_disconnections: 'off' },
      object: 'log_connections, log_disconnections',
    },
  ],
  negative: [
    { sql: '', settings: good },
    { sql: '', settings: { ...good, 'pgaudit.log': 'all' } },
  ],
  nearMiss: [
    { sql: '', settings: { ...good, shared_preload_libraries: '', log_statement: 'mod' } },
    // PostgreSQL 18 names what it logs of connections
    { sql: '', settings: { ...good, log_connections: 'authorization' } },
  ],
}
