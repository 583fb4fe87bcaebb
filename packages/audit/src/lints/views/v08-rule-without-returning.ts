import type { Lint } from '../../lint.js'
import { readableViews } from './filters.js'

/** The server's statements have RETURNING, which such a rule refuses (0A000). */
export const lint: Lint = {
  id: 'V08',
  severity: 'information',
  title: 'Writing to a view fails: its rule returns nothing',
  nearMiss: 'The same rule with RETURNING; an INSTEAD OF trigger.',
  references: ['CWE-1164'],
  *find(context) {
    for (const { relation, key, readers } of readableViews(context)) {
      const mute = relation.rules.filter(
        ({ instead, returning, nothing, event }) =>
          instead && !returning && !nothing && readers.some((role) => context.policies.holds(role, key, event)),
      )
      if (mute.length === 0) continue
      yield {
        object: key,
        message: `${[...new Set(mute.map(({ event }) => event.toUpperCase()))].join(', ')} on ${key} fails through the API.`,
        evidence: `${mute.map(({ name }) => name).join(', ')}: DO INSTEAD without RETURNING.`,
        fix: null,
      }
    }
  },
}
