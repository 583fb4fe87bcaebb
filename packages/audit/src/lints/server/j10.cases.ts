import { type LintCases, serverWithKeys } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J10',
  positive: [{ sql: '', server: serverWithKeys({}, {}), object: 'key "a" of jwt-secret' }],
  negative: [{ sql: '', server: serverWithKeys({}, { kid: 'b' }) }],
  nearMiss: [{ sql: '', server: serverWithKeys({ kid: null }, { kid: null }) }],
}
