import type { Catalog } from '@rolecast/catalog'
import type { ApiAnswer, ApiRequest } from '../ask/ask.js'
import type { Cause } from './cause.js'
import { embeddable } from './embeddable.js'
import { mentionedBy } from './mentioned.js'

/** What no privilege mends: a check that the row fails, another constraint, or a name that is not there. */
export function otherCause(
  answer: ApiAnswer,
  request: ApiRequest,
  catalog: Catalog,
  schemas: readonly string[],
): Cause {
  const { status, code, message, body } = answer
  const { name: object, profile } = mentionedBy(request)
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
  const instead = embeddable(answer, catalog, profile ?? schemas[0] ?? '')
  return { kind: 'request', object, message: `${code ?? status}: ${text}.${instead === null ? '' : ` ${instead}`}` }
}
