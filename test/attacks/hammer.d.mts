import type { ServerOptions } from '@rolecast/server'

export interface HammerResult {
  readonly requests: number
  /** answers that were compared with what their caller must get */
  readonly compared: number
  /** something of another request was left in the session */
  readonly leaks: number
  readonly forged: number
  readonly ofOthers: number
  readonly failed: number
  readonly seconds: number
  /** the first wrong answers */
  readonly wrong: readonly string[]
  readonly log: readonly string[]
}

export function hammer(options: {
  readonly requests: number
  readonly kind?: 'plain' | 'misdeclared' | 'domain'
  readonly seed?: number
  readonly options?: ServerOptions
}): Promise<HammerResult>
