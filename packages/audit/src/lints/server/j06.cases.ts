import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J06',
  positive: [
    { sql: `ALTER ROLE authenticator SET pgrst.jwt_secret = 'x'`, object: 'pgrst.jwt_secret' },
    { sql: `ALTER ROLE anon SET app.settings.stripe_api_key = 'x'`, object: 'app.settings.stripe_api_key' },
    { sql: '', server: { appSettings: ['app.settings.jwt_secret'] }, object: 'app.settings.jwt_secret' },
  ],
  negative: [{ sql: '', server: {} }],
  nearMiss: [
    { sql: `ALTER ROLE authenticator SET pgrst.db_schemas = 'api'`, server: { appSettings: ['app.settings.theme'] } },
  ],
}
