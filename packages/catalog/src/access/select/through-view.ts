import type { Relation } from '../../model/catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { keyOf } from '../effective-privileges.js'
import { type Decision, refuse, refused, within } from '../refusal.js'

/** A decision about the relation behind a view, told of the view. */
export function throughView(view: Relation, decision: Decision): Decision {
  const as = view.securityInvoker ? 'whoever runs the statement' : `its owner ${quoteIdentifier(view.owner)}`
  const refusal = within(() => `The view ${keyOf(view)} passes the write on, as ${as}.`, decision.refusal)
  return { refusal, rows: refusal ? 'none' : decision.rows }
}

export function notDescribed(view: Relation): Decision {
  return refused(refuse('not updatable', () => `What ${keyOf(view)} selects from is not described.`))
}
