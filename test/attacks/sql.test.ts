import { createServer } from '@rolecast/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSafe } from './attack.js'
import { sqlAttacks } from './sql.cases.js'
import { openTarget, type Target } from './target.js'

let target: Target
beforeAll(async () => {
  target = await openTarget({ serverMaxBodySize: 262_144 })
})
afterAll(() => target?.close())

test('every kind of attack has its row', () => {
  expect([...new Set(sqlAttacks.map(({ number }) => number))].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 26 }, (_, index) => index + 1),
  )
})

test.each(sqlAttacks)('A$number: $title', (attack) => expectSafe(target, attack))

describe('options', () => {
  test('A17: writes of everything can be refused', async () => {
    const server = await createServer({ ...target.options, dbRequireFilter: true })
    try {
      const response = await server.fetch(new Request('http://a/notes', { method: 'DELETE' }))
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: '21000' })
    } finally {
      await server.close()
    }
  })

  test('A25: errors with little in them', async () => {
    const server = await createServer({ ...target.options, clientErrorVerbosity: 'minimal' })
    try {
      const response = await server.fetch(new Request('http://a/itemz'))
      expect(Object.keys((await response.json()) as object).sort()).toEqual(['code', 'message'])
    } finally {
      await server.close()
    }
  })
})
