import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N34',
  positive: [{ sql: `ALTER DATABASE template1 IS_TEMPLATE false`, object: `template1` }],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `ALTER DATABASE template1 IS_TEMPLATE false; REVOKE CONNECT ON DATABASE template1 FROM PUBLIC` }],
}
