import { Lru } from '../lru.js'
import type { Bucket, RateLimitStore, Taken } from './rate-limit-store.js'

/** Buckets beyond these are forgotten, those that nobody has taken from for the longest first: they are full again. */
const maxBuckets = 100_000

/**
 * Buckets in memory. Of each it keeps one number: when it will be full again (the "theoretical arrival time" of GCRA, which
 * is the same as a bucket of tokens).
 */
export class MemoryStore implements RateLimitStore {
  private readonly fullAt = new Lru<string, number>({ entries: maxBuckets })

  /** @param now milliseconds, for tests */
  constructor(private readonly now: () => number = () => performance.now()) {}

  take(key: string, { millisecondsPerToken, capacity }: Bucket): Taken {
    const now = this.now()
    const before = Math.max(this.fullAt.get(key) ?? now, now) - now
    const after = before + millisecondsPerToken
    const most = capacity * millisecondsPerToken
    const isTaken = after <= most + tolerance
    if (isTaken) this.fullAt.set(key, now + after)
    const missing = isTaken ? after : before
    const remaining = Math.max(0, Math.floor((most - missing + tolerance) / millisecondsPerToken))
    const untilNext = remaining > 0 ? 0 : missing + millisecondsPerToken - most
    return { isTaken, remaining, untilNext }
  }
}

/** Milliseconds by which sums of fractions may be wrong. */
const tolerance = 1e-6
