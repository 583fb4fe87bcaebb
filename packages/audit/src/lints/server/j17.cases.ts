import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J17',
  positive: [{ sql: '', server: { adminAddress: { place: '!4:3001', isPublic: true } }, object: 'admin-server-host' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { adminAddress: { place: '/run/admin.sock', isPublic: false } } }],
}
