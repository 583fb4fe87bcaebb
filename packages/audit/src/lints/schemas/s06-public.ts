import type { Lint } from '../../lint.js'

/** Whatever is installed or forgotten in public is part of the API at once. */
export const lint: Lint = {
  id: 'S06',
  severity: 'warning',
  title: 'The exposed schema is public',
  nearMiss: 'A schema made for the API.',
  references: ['CWE-668'],
  *find({ schemas }) {
    if (!schemas.includes('public')) return
    yield {
      object: 'public',
      message: 'Everything that is ever made in public becomes part of the API.',
      evidence: 'public is one of the exposed schemas.',
      fix: null,
    }
  },
}
