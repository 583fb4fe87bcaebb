/**
 * What is known of tokens, by the whole token. It holds `capacity` of them at most (two at least): the newer half, and the older
 * half of those that were used since; what nobody used in the meantime is forgotten.
 */
export class TokenCache<Value> {
  private newer = new Map<string, Value>()
  private older = new Map<string, Value>()
  private readonly half: number
  /** how often it was asked, what it knew then, and what it has forgotten */
  readonly counts = { requests: 0, hits: 0, evictions: 0 }

  constructor(capacity: number) {
    this.half = capacity < 1 ? 0 : Math.max(1, Math.floor(capacity / 2))
  }

  get size(): number {
    return this.newer.size + this.older.size
  }

  get(token: string): Value | undefined {
    const value = this.find(token)
    this.counts.requests += 1
    if (value !== undefined) this.counts.hits += 1
    return value
  }

  private find(token: string): Value | undefined {
    const recent = this.newer.get(token)
    if (recent !== undefined) return recent
    const value = this.older.get(token)
    if (value !== undefined) {
      this.older.delete(token)
      this.set(token, value)
    }
    return value
  }

  set(token: string, value: Value): void {
    if (this.half === 0) return
    if (this.newer.size >= this.half) {
      this.counts.evictions += this.older.size
      this.older = this.newer
      this.newer = new Map()
    }
    this.newer.set(token, value)
  }
}
