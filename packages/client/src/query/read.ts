import { ApiError } from '../errors/api-error.js'
import { headerOf } from '../http/response.js'
import { revealer } from './items.js'
import type { State } from './state.js'

/** Ways to make a result of an answer. @throws what is made a ResponseError: no JSON, or of another form */
type Read = State['read']

/** @throws TypeError where something comes back, such as a page of a proxy */
export const readNothing: Read = (text) => {
  if (text && text !== 'null') throw new TypeError('An answer came where none was due')
}

export const readText: Read = (text) => text

export const readJson: Read = (text) => JSON.parse(text)

/** Rows, or the one row that was asked for. */
export const readRows: Read = (text, state) => {
  const {
    context: { features },
    items,
    headers: { Accept = '' },
  } = state
  const rows = JSON.parse(text)
  if (Array.isArray(rows) === Accept.includes('object') || !rows) throw new TypeError('The answer has another form')
  revealer(state)?.(rows)
  return features.made?.rows(rows, items) ?? rows
}

export const readMaybe: Read = (text, state, response) => {
  const [row = null, ...more] = readRows(text, state, response) as unknown[]
  if (more.length === 0) return row
  throw new ApiError({ message: 'More than one row', code: 'PGRST116', status: response.status })
}

/**
 * The total of `Content-Range: 0-24/3573` (PostgREST, "Counting").
 * @throws TypeError where the answer does not say it
 */
export const readCount: Read = (_, __, response) => {
  const [, total] = /\/(\d+)$/.exec(headerOf(response, 'Content-Range') ?? '') ?? []
  if (!total) throw new TypeError('The answer has no count')
  return Number(total)
}

export const readCounted: Read = (...answer) => ({ rows: readRows(...answer), count: readCount(...answer) })
