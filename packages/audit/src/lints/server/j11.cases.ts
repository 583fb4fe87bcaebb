import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J11',
  positive: [
    { sql: '', server: { jwtRoleClaimKey: '$.user_metadata.role' }, object: 'jwt-role-claim-key' },
    { sql: '', server: { jwtRoleClaimKey: '.user_metadata.role' }, object: 'jwt-role-claim-key' },
  ],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { jwtRoleClaimKey: '$.app_metadata.role' } }],
}
