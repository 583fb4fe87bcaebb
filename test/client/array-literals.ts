import { testClient } from '@rolecast/client/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startDatabase } from './database.js'
import { createClient } from './generated/clerk/index.js'

/** PostgreSQL's text holds any character but NUL, and no half of a surrogate pair. */
const text = fc
  .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...',"\'\\{}()[] .:*%_\n\tNULnul&=#+;é😀') }))
  .map((value) => value.replaceAll('\0', '').toWellFormed())

test('any text, alone and in lists, in filters of every form, finds exactly what was written', async () => {
  await using database = await startDatabase()
  const db = testClient(createClient, { server: await database.serve('clerk') })
  await db.orders.insert({ id: 500, customer_id: '1' })
  await fc.assert(
    fc.asyncProperty(text, fc.array(text, { maxLength: 3 }), async (note, tags) => {
      await db.orders.update({ note, tags }).where({ id: 500 })
      const found = await db.orders
        .select('note', 'tags')
        .where({ id: 500, note, tags, $and: [{ note: [note, 'x'] }, { tags: { cs: tags } }] })
        .where({ $or: [{ note, tags }, { id: 0 }] })
        .where({ note: { eq: { any: [note] } } })
      expect(found).toEqual([{ note, tags }])
    }),
    { numRuns: 150 },
  )
})
