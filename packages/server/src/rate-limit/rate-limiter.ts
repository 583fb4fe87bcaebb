import type { Identity } from '../authenticate/identity.js'
import type { RateRule } from '../config/rate-rules.js'
import { ApiError } from '../errors/api-error.js'
import type { HttpRequest, HttpResponse } from '../http-message.js'
import { addressKey } from './address-key.js'
import type { RateLimitStore, Taken } from './rate-limit-store.js'

/** A rule, and what was left of its bucket. */
interface Allowance extends Taken {
  readonly rule: RateRule
}

/** Counts requests by the rules of the configuration. */
export class RateLimiter {
  /** requests that were refused, by the name of the rule */
  readonly refused = new Map<string, number>()

  /** @param onStoreFailure hears why a store could not be asked: requests are answered then */
  constructor(
    private readonly rules: readonly RateRule[],
    private readonly store: RateLimitStore,
    private readonly onStoreFailure: (error: unknown) => void,
  ) {}

  /** What one request takes. */
  request(): RequestRate {
    return new RequestRate(this)
  }

  /**
   * Takes from the buckets of rules that `keyOf` has a key for.
   * @throws ApiError 429 where one is empty
   */
  async take(keyOf: (rule: RateRule) => string | null): Promise<Allowance[]> {
    const allowances: Allowance[] = []
    for (const rule of this.rules) {
      const key = keyOf(rule)
      const taken = key === null ? null : await this.takeOne(rule, key)
      if (taken === null) continue
      const allowance = { rule, ...taken }
      if (!taken.isTaken) throw this.refusal(allowance)
      allowances.push(allowance)
    }
    return allowances
  }

  private async takeOne(rule: RateRule, key: string): Promise<Taken | null> {
    try {
      const { requests, seconds, burst } = rule
      return await this.store.take(`${nameOf(rule)} ${key}`, {
        millisecondsPerToken: (seconds * 1000) / requests,
        capacity: burst,
      })
    } catch (error) {
      this.onStoreFailure(error)
      return null
    }
  }

  private refusal(allowance: Allowance): ApiError {
    const name = nameOf(allowance.rule)
    this.refused.set(name, (this.refused.get(name) ?? 0) + 1)
    const seconds = Math.max(1, Math.ceil(allowance.untilNext / 1000))
    return new ApiError(
      429,
      'RCAST429',
      'Too many requests',
      `The limit of requests by ${name} is reached.`,
      `Try again in ${seconds} s.`,
      [['Retry-After', String(seconds)], ...headersOf(allowance)],
    )
  }
}

/** What one request has taken so far. */
export class RequestRate {
  private readonly allowances: Allowance[] = []

  constructor(private readonly limiter: RateLimiter) {}

  /** @throws ApiError 429 */
  async takeForAddress({ address }: HttpRequest): Promise<void> {
    if (address === undefined) return
    const key = addressKey(address)
    this.allowances.push(...(await this.limiter.take(({ by }) => (by === 'address' ? key : null))))
  }

  /** @throws ApiError 429 */
  async takeForIdentity({ role, claims }: Identity): Promise<void> {
    const taken = await this.limiter.take(({ by, claim }) => {
      if (by === 'role') return role
      return by === 'claim' && claim !== null ? claimKey(claims, claim) : null
    })
    this.allowances.push(...taken)
  }

  /** Tells how much is left by the rule that has least left. */
  addTo(response: HttpResponse): HttpResponse {
    const [first, ...others] = this.allowances
    if (first === undefined) return response
    const least = others.reduce((least, other) => (other.remaining < least.remaining ? other : least), first)
    return { ...response, headers: [...response.headers, ...headersOf(least)] }
  }
}

/** Without the claim, a request is not counted by it. */
function claimKey(claims: string, name: string): string | null {
  const value = (JSON.parse(claims) as Record<string, unknown>)[name]
  return value === undefined || value === null ? null : JSON.stringify(value)
}

function nameOf({ by, claim }: RateRule): string {
  return by === 'claim' ? `claim ${claim}` : by
}

/** `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers has them. */
function headersOf({ rule, remaining, untilNext }: Allowance): [name: string, value: string][] {
  const name = `"${nameOf(rule)}"`
  return [
    ['RateLimit-Policy', `${name};q=${rule.requests};w=${rule.seconds}`],
    ['RateLimit', `${name};r=${remaining};t=${Math.ceil(untilNext / 1000)}`],
  ]
}
