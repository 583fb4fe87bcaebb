import type { Term } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { termsIn } from '../../policies/terms.js'

/** Functions whose answer depends on TimeZone, DateStyle or lc_time where they are STABLE. */
const local: ReadonlySet<string> = new Set(
  [
    'date_part',
    'extract',
    'date_trunc',
    'to_char',
    'to_date',
    'to_timestamp',
    'date',
    'timestamp',
    'time',
    'timetz',
    'timestamptz',
    'age',
  ].map((name) => `pg_catalog.${name}`),
)
const environment: ReadonlySet<string> = new Set(['current_date', 'current_time', 'localtime', 'localtimestamp'])

/** Requests choose the time zone (Prefer: timezone=…), and roles have their own. */
export const lint: Lint = {
  id: 'P13',
  severity: 'error',
  title: 'A policy depends on the session’s time zone or format of dates',
  nearMiss: 'The same with AT TIME ZONE.',
  references: ['CWE-807'],
  *find({ policies }) {
    for (const policy of policies.all) {
      const part = [policy.using, policy.check].flatMap((term) => [...termsIn(term)]).find(isLocal)
      if (part === undefined) continue
      yield {
        object: policy.object,
        message: `Callers move the hours and days of ${policy.object} by choosing a time zone.`,
        evidence: policy.policy.using?.text ?? policy.policy.check?.text ?? '',
        fix: null,
      }
    }
  },
}

function isLocal(term: Term): boolean {
  if (term.kind === 'environment') return environment.has(term.name)
  return term.kind === 'call' && term.volatility === 'stable' && local.has(term.function) && term.parts.length < 3
}
