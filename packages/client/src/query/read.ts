import { ApiError } from '../errors/api-error.js'
import type { State } from './state.js'

/** Ways to make a result of an answer. @throws SyntaxError, made a ResponseError, where it is no JSON */
type Read = State['read']

export const readNothing: Read = () => {}

export const readText: Read = (text) => text

export const readJson: Read = (text) => JSON.parse(text)

export const readRows: Read = (text, { context: { bigints }, items }) =>
  bigints ? bigints.rows(JSON.parse(text), items) : JSON.parse(text)

export const readMaybe: Read = (text, state, response) => {
  const [row = null, ...more] = readRows(text, state, response) as unknown[]
  if (more.length === 0) return row
  throw new ApiError({ message: 'More than one row', code: 'PGRST116', status: response.status })
}

/** The total of `Content-Range: 0-24/3573` (PostgREST, "Counting"). */
export const readCount: Read = (_, __, { headers }) => Number(headers.get('Content-Range')?.split('/')[1])

export const readCounted: Read = (...answer) => ({ rows: readRows(...answer), count: readCount(...answer) })
