import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One finding an extension; what reaches the network is N32. */
export const lint: Lint = {
  id: 'S05',
  severity: 'warning',
  title: 'Functions of an extension can be called through the API',
  nearMiss: 'The same extension in a schema that is not exposed.',
  references: ['CWE-749'],
  *find({ catalog, schemas, roles, index }) {
    const byExtension = new Map<string, { names: Set<string>; roles: Set<string> }>()
    for (const routine of catalog.routines) {
      const { extension, schema, name } = routine
      if (extension === null || !schemas.includes(schema)) continue
      for (const role of roles) {
        const held = index.privileges.get(role)
        const may = held?.routines.some((signature) => index.routines.get(signature) === routine)
        if (!may || !held?.schemas.includes(schema)) continue
        const known = byExtension.get(extension) ?? { names: new Set(), roles: new Set() }
        known.names.add(name)
        known.roles.add(role)
        byExtension.set(extension, known)
      }
    }
    for (const [extension, { names, roles: callers }] of byExtension) {
      yield {
        object: quoteIdentifier(extension),
        message: `${[...callers].map(quoteIdentifier).join(', ')} may call ${names.size} functions of ${quoteIdentifier(extension)}.`,
        evidence: [...names].slice(0, 10).map(quoteIdentifier).join(', '),
        fix: null,
      }
    }
  },
}
