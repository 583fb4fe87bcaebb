import { expect, test } from 'vitest'
import { parsed } from '../plan/parsed.fixture.js'
import { preferenceApplied } from './preference-applied.js'

const everything =
  'tx=rollback, count=exact, return=minimal, resolution=merge-duplicates, missing=default, handling=strict, timezone=UTC, max-affected=3'

test.each([
  [`/acts | | ${everything}`, 'count=exact, tx=rollback, handling=strict, timezone=UTC'],
  [
    `POST /acts | | ${everything}`,
    'resolution=merge-duplicates, missing=default, return=minimal, count=exact, tx=rollback, handling=strict, timezone=UTC',
  ],
  [
    `DELETE /acts | | ${everything}`,
    'return=minimal, count=exact, tx=rollback, handling=strict, timezone=UTC, max-affected=3',
  ],
  ['DELETE /acts | | max-affected=3', null],
  ['/acts', null],
])('%s', (request, expected) => {
  expect(preferenceApplied(parsed(request, { id: 1 }), true)).toBe(expected)
})

test('there are no duplicates without a key', () => {
  expect(preferenceApplied(parsed('POST /acts | | resolution=merge-duplicates', { id: 1 }), false)).toBeNull()
})
