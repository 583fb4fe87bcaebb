import type { ServerOptions } from '@rolecast/server'
import { expect, test } from 'vitest'
import { hammer } from './hammer.mjs'

/** 3,000 in all; `npm run bench -- residue` sends 50,000. */
const runs: readonly (readonly [kind: 'plain' | 'misdeclared' | 'domain', requests: number, ServerOptions])[] = [
  ['plain', 1_400, {}],
  ['misdeclared', 800, {}],
  ['misdeclared', 500, { dbPreparedStatements: false }],
  ['domain', 300, {}],
]

test.each(runs)('no answer of another request, user or role: %s, %i requests, %j', async (kind, requests, options) => {
  const { wrong, log, ...counts } = await hammer({ requests, kind, options })
  expect(wrong).toEqual([])
  expect(counts).toMatchObject({ leaks: 0, forged: 0, ofOthers: 0, failed: 0 })
  expect(counts.compared).toBeGreaterThan(requests / 2)
  const named = kind === 'plain' ? [] : ['sql', 'plpgsql', 'atomic', 'behind', 'dynamic', 'view', 'table', 'role']
  const told = log.filter((line) => line.includes('IMMUTABLE')).join('\n')
  for (const name of named) expect(told).toContain(`ways.mis_${name}()`)
  expect(told).not.toContain('ways.fine')
})

test('the hammer finds what is left where sessions are not reset', async () => {
  const { leaks, forged, ofOthers, failed } = await hammer({ requests: 400, options: { dbResetSession: false } })
  expect(leaks).toBeGreaterThan(0)
  expect(forged + ofOthers + failed).toBeGreaterThan(0)
})
