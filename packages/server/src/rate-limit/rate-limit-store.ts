/** A bucket of tokens: it fills by one token in so many milliseconds, and holds so many at most. */
export interface Bucket {
  readonly millisecondsPerToken: number
  readonly capacity: number
}

/** What came of taking a token. */
export interface Taken {
  /** whether there was one */
  readonly isTaken: boolean
  /** tokens that are left */
  readonly remaining: number
  /** milliseconds until there is one again; 0: there is */
  readonly untilNext: number
}

/**
 * Where the buckets of rate limits are. The one of a server is in its memory; several processes share theirs by another, as
 * one over Redis or PostgreSQL.
 */
export interface RateLimitStore {
  /** @param key of what is counted together; a bucket that nobody has taken from is full */
  take(key: string, bucket: Bucket): Taken | Promise<Taken>
}
