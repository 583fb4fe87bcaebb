import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Default privileges, policies and views hold by owner: what one is set up for, the other is not. */
export const lint: Lint = {
  id: 'S08',
  severity: 'information',
  title: 'A schema holds relations of several owners',
  nearMiss: 'One owner for the schema and all in it.',
  references: ['pglinter S005'],
  *find({ schemas, exposedRelations }) {
    for (const schema of schemas) {
      const owners = [
        ...new Set(exposedRelations.filter((each) => each.schema === schema).map(({ owner }) => owner)),
      ].sort()
      if (owners.length < 2) continue
      yield {
        object: quoteIdentifier(schema),
        message: `The relations of ${quoteIdentifier(schema)} belong to ${owners.length} roles.`,
        evidence: `Owners: ${owners.map(quoteIdentifier).join(', ')}.`,
        fix: null,
      }
    }
  },
}
