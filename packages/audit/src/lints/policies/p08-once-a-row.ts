import type { Term } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { mentionsOwnRow, partsOf } from '../../policies/terms.js'

/** It is called for each row although its answer is the same for all: inside of a sub-select it is called once. */
export const lint: Lint = {
  id: 'P08',
  severity: 'warning',
  title: 'A policy calls a function once a row that once would do',
  nearMiss: 'The same call as (SELECT f()); a call that is given a column of the row.',
  references: ['CWE-405', 'splinter 0003'],
  *find({ policies }) {
    const byRelation = new Map<string, { object: string; calls: Set<string>; policies: string[] }>()
    for (const policy of policies.all) {
      if (policies.users(policy).length === 0) continue
      const calls = [policy.using, policy.check].flatMap((term) => (term === null ? [] : callsARow(term)))
      if (calls.length === 0) continue
      const known = byRelation.get(policy.key) ?? { object: policy.object, calls: new Set(), policies: [] }
      for (const call of calls) known.calls.add(call)
      known.policies.push(policy.object)
      byRelation.set(policy.key, known)
    }
    for (const [key, { object, calls, policies: found }] of byRelation) {
      yield {
        object: found.length === 1 ? object : key,
        message: `${found.length === 1 ? 'A policy' : `${found.length} policies`} of ${key} call ${[...calls].join(', ')} for each row.`,
        evidence: `${found.join('; ')}: written as (SELECT …), the call is made once a statement.`,
        fix: null,
      }
    }
  },
}

/** PostgreSQL answers these from memory. */
const cheap: ReadonlySet<string> = new Set(['pg_catalog.now', 'pg_catalog.transaction_timestamp'])

/** STABLE calls outside of sub-selects that nothing of the row is given to; volatile ones must be called for each row. */
function callsARow(term: Term): string[] {
  if (term.kind === 'query') return term.test === null ? [] : callsARow(term.test)
  if (term.kind === 'call' && term.volatility === 'stable' && !mentionsOwnRow(term) && !cheap.has(term.function)) {
    return [term.function]
  }
  return partsOf(term).flatMap(callsARow)
}
