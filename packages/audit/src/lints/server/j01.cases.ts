import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J01',
  positive: [
    {
      sql: '',
      server: { strangeKeys: [{ key: 'db-jwt-secret', line: 3, meant: 'jwt-secret' }] },
      object: 'db-jwt-secret',
    },
  ],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { appSettings: ['app.settings.theme'] } }],
}
