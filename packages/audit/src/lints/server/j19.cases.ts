import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J19',
  positive: [{ sql: '', server: { clientErrorVerbosity: 'verbose' }, object: 'client-error-verbosity' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { clientErrorVerbosity: 'minimal', logLevel: 'debug' } }],
}
