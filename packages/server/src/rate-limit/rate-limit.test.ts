import { describe, expect, test } from 'vitest'
import { rateRules } from '../config/rate-rules.js'
import { ApiError } from '../errors/api-error.js'
import { addressKey } from './address-key.js'
import { MemoryStore } from './memory-store.js'
import { RateLimiter } from './rate-limiter.js'

describe('a bucket in memory', () => {
  test('gives its capacity at once, then one after the other', () => {
    let now = 1000
    const store = new MemoryStore(() => now)
    const bucket = { millisecondsPerToken: 100, capacity: 3 }
    const take = () => store.take('x', bucket)
    expect([take(), take(), take()].map(({ remaining }) => remaining)).toEqual([2, 1, 0])
    expect(take()).toEqual({ isTaken: false, remaining: 0, untilNext: 100 })
    now += 99
    expect(take()).toMatchObject({ isTaken: false, untilNext: 1 })
    now += 1
    expect(take()).toMatchObject({ isTaken: true, remaining: 0 })
    now += 1_000_000
    expect(take()).toMatchObject({ isTaken: true, remaining: 2 })
    expect(store.take('y', bucket).remaining).toBe(2)
  })

  test('gives no more than its rate over any time', () => {
    let [now, taken] = [0, 0]
    const store = new MemoryStore(() => now)
    for (; now < 10_000; now += 7) {
      if (store.take('x', { millisecondsPerToken: 1000 / 30, capacity: 5 }).isTaken) taken += 1
    }
    expect(taken).toBeGreaterThanOrEqual(300)
    expect(taken).toBeLessThanOrEqual(305)
  })
})

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:2::6', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
])('%s is counted as %s', (address, key) => expect(addressKey(address)).toBe(key))

describe('rules', () => {
  test('are read', () => {
    expect(rateRules.parse('20/s by address burst 100, 600 / min by role,9/d by claim sub')).toEqual([
      { by: 'address', claim: null, requests: 20, seconds: 1, burst: 100 },
      { by: 'role', claim: null, requests: 600, seconds: 60, burst: 600 },
      { by: 'claim', claim: 'sub', requests: 9, seconds: 86_400, burst: 9 },
    ])
    expect(rateRules.parse('')).toEqual([])
  })

  test.each([
    '20',
    '20/s',
    '0/s by role',
    '1/week by role',
    '1/s by claim',
    '1/s by role burst 0',
    '1/s by ip',
    7,
    true,
  ])('%j is none', (text) =>
    expect(rateRules.safeParse(text).error?.issues[0]?.message).toMatch(/^expected rules such as/),
  )
})

test('a store that fails lets requests through, and is told', async () => {
  const told: unknown[] = []
  const failing = {
    take: () => {
      throw new Error('no Redis')
    },
  }
  const limiter = new RateLimiter(rateRules.parse('1/s by role'), failing, (error) => told.push(error))
  const rate = limiter.request()
  await rate.takeForIdentity({ role: 'anon', claims: '{}' })
  expect(rate.addTo({ status: 200, headers: [], body: null }).headers).toEqual([])
  expect(told).toHaveLength(1)
})

test('each rule counts by its own', async () => {
  const limiter = new RateLimiter(rateRules.parse('2/h by claim sub, 3/h by role'), new MemoryStore(), () => {})
  const take = async (sub?: number) => {
    const rate = limiter.request()
    try {
      await rate.takeForIdentity({ role: 'crew', claims: JSON.stringify({ role: 'crew', sub }) })
      return rate.addTo({ status: 200, headers: [], body: null }).headers[1]?.[1]
    } catch (error) {
      if (error instanceof ApiError) return error.details
      throw error
    }
  }
  expect(await take(1)).toBe('"claim sub";r=1;t=0')
  expect(await take(1)).toMatch(/^"claim sub";r=0;t=1[78]\d\d$/)
  expect(await take(1)).toBe('The limit of requests by claim sub is reached.')
  expect(await take()).toMatch(/^"role";r=0;t=/)
  expect(await take(2)).toBe('The limit of requests by role is reached.')
  expect([...limiter.refused]).toEqual([
    ['claim sub', 1],
    ['role', 1],
  ])
})
