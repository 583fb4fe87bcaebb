import { expect, test } from 'vitest'
import { coalesced } from './coalesced.js'

/** Work that ends when it is told to. */
function heldWork() {
  const ends: ((error?: Error) => void)[] = []
  const work = () =>
    new Promise<void>((resolve, reject) => {
      ends.push((error) => (error === undefined ? resolve() : reject(error)))
    })
  return { ends, run: coalesced(work) }
}

test('what is asked for meanwhile is done once more, together', async () => {
  const { ends, run } = heldWork()
  const first = run()
  const later = Array.from({ length: 100 }, run)
  expect(ends).toHaveLength(1)
  ends[0]?.()
  await first
  await Promise.resolve()
  const latest = run()
  expect(ends).toHaveLength(2)
  ends[1]?.()
  await Promise.all(later)
  expect(ends).toHaveLength(3)
  ends[2]?.()
  await latest
})

test('who asks hears how it ended; the next run is not held up by it', async () => {
  const { ends, run } = heldWork()
  const first = run()
  const second = run()
  ends[0]?.(new Error('not now'))
  await expect(first).rejects.toThrow('not now')
  await Promise.resolve()
  expect(ends).toHaveLength(2)
  ends[1]?.()
  await second
})
