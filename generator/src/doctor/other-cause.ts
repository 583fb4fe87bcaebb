import type { ApiAnswer, ApiRequest } from '../ask/ask.js'
import type { Cause } from './cause.js'
import { mentionedBy } from './mentioned.js'

/** What no privilege mends: a check that the row fails, another constraint, or a name that is not there. */
export function otherCause({ status, code, message, body }: ApiAnswer, request: ApiRequest): Cause {
  const object = mentionedBy(request).name
  const text = message ?? (body === '' ? `status ${status}` : body.slice(0, 200))
  if (code === '23514' || code === '44000') return { kind: 'check', object, message: `The row fails a check: ${text}.` }
  if (code?.startsWith('23')) return { kind: 'constraint', object, message: `The row breaks a constraint: ${text}.` }
  if (code === '42P17') return { kind: 'policy', object, message: `The policies read each other: ${text}.` }
  if (code === '42501')
    return {
      kind: 'function',
      object,
      message: `PostgreSQL or a function refuses, and no privilege that is known helps: ${text}.`,
    }
  return { kind: 'request', object, message: `${code ?? status}: ${text}.` }
}
