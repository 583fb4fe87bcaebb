import { quoteIdentifier } from '@rolecast/catalog'
import { serverLint } from './server-lint.js'

/** A sum over everything is one short request. */
export const lint = serverLint({
  id: 'J16',
  severity: 'warning',
  title: 'Anybody may sum up whole tables for as long as it takes',
  nearMiss: 'Aggregates under a statement_timeout.',
  references: ['CWE-770'],
  *find(server, { catalog, roles }) {
    if (!server.dbAggregatesEnabled) return
    const timeouts = catalog.settings.filter(({ name, value }) => name === 'statement_timeout' && value !== '0')
    const isBounded = (role: string) => timeouts.some((setting) => setting.role === null || setting.role === role)
    const unbounded = roles.filter((role) => !isBounded(role))
    if (unbounded.length === 0) return
    yield {
      object: 'db-aggregates-enabled',
      message: `An aggregate reads every row, and nothing ends it for ${unbounded.map(quoteIdentifier).join(', ')}. Set a statement_timeout for these roles.`,
      evidence: `${server.file}: db-aggregates-enabled = true.`,
    }
  },
})
