import type { VerificationKey } from '../jwk.js'

/** Where the keys that verify tokens come from. */
export interface KeySource {
  /** another array once the keys have changed; null: there is no jwt-secret */
  readonly keys: readonly VerificationKey[] | null
  /** what works, but should not stay; they hold nothing of the keys */
  readonly warnings: readonly string[]
  /**
   * Looks for keys that are new. Resolves when it has looked, whatever came of it.
   * @returns null where keys never change, or where it has only just looked
   */
  lookAgain(): Promise<void> | null
  /** Stops keeping the keys fresh. */
  close(): void
}
