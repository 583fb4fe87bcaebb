import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R07',
  positive: [{ sql: 'CREATE ROLE svc BYPASSRLS; GRANT svc TO authenticator', object: 'svc', role: 'svc' }],
  negative: [{ sql: '' }],
  nearMiss: [
    { sql: 'CREATE ROLE svc BYPASSRLS' },
    { sql: 'CREATE ROLE service_role BYPASSRLS; GRANT service_role TO authenticator' },
  ],
}
