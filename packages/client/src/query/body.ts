import type { State } from './state.js'
import { jsonOf } from './values.js'

type Content = Pick<State, 'headers' | 'body'>

export function bodyOf(type: string, body: NonNullable<State['body']>): Content {
  return { headers: { 'Content-Type': type }, body }
}

export function jsonBody(value: unknown): Content {
  return bodyOf('application/json', jsonOf(value))
}
