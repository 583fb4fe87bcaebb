import type { Lint } from '../../lint.js'
import { asksCaller } from '../../policies/callers.js'
import { mentionsOwnRow, queriesIn } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'N21',
  severity: 'error',
  title: 'A policy asks a table about neither its row nor the caller',
  nearMiss: 'A sub-select that is joined with the row.',
  references: ['CWE-863'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const query = [policy.using, policy.check]
        .flatMap(queriesIn)
        .find(
          (each) =>
            (each.form === 'exists' || each.form === 'any') &&
            each.relations.length > 0 &&
            !mentionsOwnRow(each) &&
            !asksCaller(each, security),
        )
      if (query === undefined) continue
      yield {
        object: policy.object,
        message: `${policy.object} is true for all rows and callers, or for none.`,
        evidence: `A sub-select of ${query.relations.join(', ')} refers to neither the row nor the caller.`,
        fix: null,
      }
    }
  },
}
