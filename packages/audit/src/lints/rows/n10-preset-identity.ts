import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { settingsIn } from '../../policies/callers.js'

export const lint: Lint = {
  id: 'N10',
  severity: 'critical',
  title: 'A setting that policies take for the caller has a value before any request',
  nearMiss: 'ALTER ROLE … SET of a setting that no policy reads.',
  references: ['CWE-287', 'CWE-1188'],
  *find({ catalog, policies, security }) {
    const read = new Map(
      policies.all.flatMap((policy) =>
        [policy.using, policy.check].flatMap((term) =>
          settingsIn(term, security).map((name) => [name.toLowerCase(), policy.object] as const),
        ),
      ),
    )
    for (const { name, role } of catalog.settings) {
      const policy = read.get(name.toLowerCase())
      if (policy === undefined || !name.includes('.')) continue
      const who = role === null ? 'ALL' : quoteIdentifier(role)
      yield {
        object: role === null ? name : quoteIdentifier(role),
        message: `Callers without claims are taken for whom ${name} names.`,
        evidence: `${policy} reads ${name}, which is set for ${role === null ? 'the database' : who}.`,
        fix: role === null ? null : `ALTER ROLE ${who} RESET ${name.split('.').map(quoteIdentifier).join('.')};`,
        narrows: true,
      }
    }
  },
}
