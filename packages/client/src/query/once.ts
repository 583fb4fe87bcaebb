import { Builder } from './builder.js'

/** A call that changes something: sent once, however often it is awaited. What a step makes of it is another call. */
export class OnceBuilder extends Builder {
  #answer: Promise<unknown> | undefined

  override send(): Promise<unknown> {
    this.#answer ??= this.sendOnce()
    return this.#answer
  }

  protected sendOnce(): Promise<unknown> {
    return super.send()
  }
}
