import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A token names a role exactly; SQL folds what is not quoted. The two then mean different roles. */
export const lint: Lint = {
  id: 'R19',
  severity: 'warning',
  title: 'Role names differ only by case, or need quotes',
  nearMiss: 'Names in lower case with underscores.',
  references: ['CWE-178'],
  *find({ reachable }) {
    for (const name of reachable.keys()) {
      const twin = [...reachable.keys()].find((other) => other !== name && other.toLowerCase() === name.toLowerCase())
      const quoted = quoteIdentifier(name)
      if (twin === undefined && quoted === name) continue
      yield {
        object: quoted,
        role: name,
        message:
          twin === undefined
            ? `The role ${quoted} must be quoted in SQL, and written exactly so in tokens.`
            : `The roles ${quoted} and ${quoteIdentifier(twin)} differ by case alone.`,
        evidence: `pg_roles has ${[name, ...(twin === undefined ? [] : [twin])].map(quoteIdentifier).join(' and ')}.`,
        fix: null,
      }
    }
  },
}
