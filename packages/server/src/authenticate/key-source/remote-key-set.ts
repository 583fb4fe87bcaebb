import { ConfigError } from '../../errors/config-error.js'
import { type Keys, parseFetchedKeys } from '../keys.js'
import { type FetchedKeySet, fetchKeySet } from './fetch-key-set.js'
import { KeySetError } from './key-set-error.js'
import type { KeySource } from './key-source.js'
import { shownUrl } from './key-url.js'

/** Hears what becomes of the keys while the server runs. */
export interface KeySetObserver {
  /** of other keys than before, or of the first success after failures */
  changed(message: string, warnings: readonly string[]): void
  /** of the first of several failures in a row, and of those with another message */
  failed(message: string): void
}

/** Milliseconds: between two fetches that tokens with unknown keys ask for, and until a fetch that failed is tried again. */
const unknownKeyPause = 10_000
const retryPause = 30_000

/**
 * The JWK set behind a URL. It is fetched again when it is no longer fresh, and when a token names a key that it does not
 * have. Whatever goes wrong then, the last good set stays in use.
 */
export class RemoteKeySet implements KeySource {
  private timer: NodeJS.Timeout | null = null
  private underWay: Promise<void> | null = null
  private lastBegun = 0
  private failure: string | null = null
  private closed = false
  readonly counts = { successes: 1, failures: 0 }

  private constructor(
    readonly url: URL,
    private text: string,
    private current: Keys,
    private readonly observer: KeySetObserver,
    private readonly fetchSet: (url: URL) => Promise<FetchedKeySet>,
    private readonly now: () => number,
  ) {
    this.lastBegun = now()
  }

  /**
   * @param fetchSet, now for tests: where sets come from, and a clock in milliseconds
   * @throws KeySetError where there is no usable key
   */
  static async open(
    url: URL,
    observer: KeySetObserver,
    fetchSet = fetchKeySet,
    now: () => number = () => performance.now(),
  ): Promise<RemoteKeySet> {
    const { text, freshSeconds } = await fetchSet(url)
    const set = new RemoteKeySet(url, text, usableKeys(url, text), observer, fetchSet, now)
    set.refreshIn(freshSeconds * 1000)
    return set
  }

  get keys(): Keys['keys'] {
    return this.current.keys
  }

  get warnings(): readonly string[] {
    return this.current.warnings
  }

  /** whether the last fetch failed, so that an older set is in use */
  get isFailing(): boolean {
    return this.failure !== null
  }

  lookAgain(): Promise<void> | null {
    if (this.underWay !== null) return this.underWay
    return this.closed || this.now() - this.lastBegun < unknownKeyPause ? null : this.refresh()
  }

  /** Fetches the set now. Never rejects: a failure goes to the observer. */
  refresh(): Promise<void> {
    this.underWay ??= this.fetchAnew().finally(() => {
      this.underWay = null
    })
    return this.underWay
  }

  close(): void {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
  }

  private async fetchAnew(): Promise<void> {
    this.lastBegun = this.now()
    try {
      const { text, freshSeconds } = await this.fetchSet(this.url)
      this.take(text)
      this.refreshIn(freshSeconds * 1000)
    } catch (error) {
      if (!(error instanceof KeySetError)) throw error
      this.counts.failures += 1
      if (this.failure !== error.message) this.observer.failed(error.message)
      this.failure = error.message
      this.refreshIn(retryPause)
    }
  }

  /** Keys that did not change stay the same array, so that tokens stay known. */
  private take(text: string): void {
    const isOther = text !== this.text
    if (isOther) this.current = usableKeys(this.url, text)
    this.text = text
    this.counts.successes += 1
    if (isOther || this.failure !== null) {
      const message = `${isOther ? 'Other keys are' : 'The keys are again'} fetched from ${shownUrl(this.url)}: ${this.keys.length}.`
      this.observer.changed(message, isOther ? this.warnings : [])
    }
    this.failure = null
  }

  private refreshIn(milliseconds: number): void {
    if (this.timer !== null) clearTimeout(this.timer)
    if (this.closed) return
    this.timer = setTimeout(() => void this.refresh(), milliseconds)
    this.timer.unref()
  }
}

function usableKeys(url: URL, text: string): Keys {
  try {
    return parseFetchedKeys(text)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new KeySetError(`${error.message} It comes from ${shownUrl(url)}.`, { cause: error })
  }
}
