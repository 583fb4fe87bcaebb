import {
  type CallOptions as GrammarOptions,
  type Preferences,
  type PrintedRequest,
  printQuery,
  type Query,
  type SelectItem,
  type Selection,
} from '@rolecast/grammar'
import { ApiError, ResponseError } from '../errors/api-error.js'
import { withOptions } from '../http/context.js'
import { respond, send } from '../http/send.js'
import type { CallOptions } from '../options.js'
import type { Result } from '../types/call.js'
import type { State } from './state.js'

/**
 * An immutable value around a `Query`: how a step makes another of it, and how it is sent. That happens when it is
 * awaited, and each time it is.
 */
export class Step {
  readonly state: State

  constructor(state: State) {
    this.state = state
  }

  get selection(): Selection {
    return this.state.query.selection
  }

  change(changes: Partial<State>): this {
    const Kind = this.constructor as typeof Step
    return new Kind({ ...this.state, ...changes }) as this
  }

  /** Changes what every kind of query has. */
  say(changes: Partial<GrammarOptions & { selection: Selection; headOnly: boolean }>): this {
    return this.change({ query: { ...this.state.query, ...changes } as Query })
  }

  extend(changes: Partial<Selection>): this {
    return this.say({ selection: { ...this.selection, ...changes } })
  }

  prefer(preferences: Preferences): this {
    return this.say({ preferences: { ...this.state.query.preferences, ...preferences } })
  }

  add(...items: SelectItem[]): this {
    return this.extend({ items: [...this.selection.items, ...items] })
  }

  /** Asks for another form of the answer, and reads it so. */
  as(type: string, read = this.state.read): this {
    return this.say({ accept: [type] }).change({ read })
  }

  with(options: CallOptions): this {
    return this.change({ context: withOptions(this.state.context, options) })
  }

  // Sending it

  toRequest(): PrintedRequest {
    return printQuery(this.state.query)
  }

  toURL(): string {
    const { path, search } = this.toRequest()
    return this.state.context.url + path + search
  }

  /** The response, before its body is read: for those who stream it. */
  respond(): Promise<Response> {
    return respond(this.state.context, this.toRequest())
  }

  async send(): Promise<unknown> {
    const { context, unfiltered, read } = this.state
    if (unfiltered) throw new TypeError('Say which rows are meant: where(…), or all()')
    const request = this.toRequest()
    const answer = await send(context, request)
    try {
      return read(answer, this.state)
    } catch (cause) {
      if (cause instanceof ApiError) throw cause
      const { method, path } = request
      throw new ResponseError({ message: `No answer of the API: ${cause}`, method, path, cause })
    }
  }

  result(): Promise<Result<unknown>> {
    return this.send().then(
      (data) => ({ data, error: null }),
      (error) => {
        if (!(error instanceof ApiError)) throw error
        return { data: null, error }
      },
    )
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting a query sends it
  then<A, B>(
    fulfilled?: ((value: unknown) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.send().then(fulfilled, rejected) as Promise<A | B>
  }
}
