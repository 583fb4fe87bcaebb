import type { Draft } from './draft.js'
import { quote } from './names.js'

/** A trigger of a table: for each row or statement, as a constraint that may wait, of some columns, out of force. */
export function makeTrigger(draft: Draft, table: string, plain: readonly string[]): void {
  const column = draft.random.pick(plain)
  const event = draft.random.pick(['INSERT', 'UPDATE', 'DELETE', 'INSERT OR UPDATE', `UPDATE OF ${column}`])
  const isOfRows = draft.random.chance(0.8)
  const isConstraint = isOfRows && draft.random.chance(0.3)
  const timing = isConstraint ? 'AFTER' : draft.random.pick(['BEFORE', 'AFTER'])
  const wait = isConstraint ? draft.random.pick(['', 'DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED']) : ''
  const row = event === 'DELETE' ? 'OLD' : 'NEW'
  const condition = isOfRows ? draft.booleanOf(`${row}.${column}`) : draft.random.pick(draft.calls.boolean)
  const when = draft.random.chance(0.5) ? `WHEN (${condition})` : ''
  const name = quote(draft.names.next('tr'))
  draft.sql.push(
    `CREATE ${isConstraint ? 'CONSTRAINT' : ''} TRIGGER ${name} ${timing} ${event} ON ${table} ${wait}
       FOR EACH ${isOfRows ? 'ROW' : 'STATEMENT'} ${when} EXECUTE FUNCTION ${draft.triggerFunction}()`,
  )
  if (draft.random.chance(0.1)) draft.late.push(`ALTER TABLE ${table} DISABLE TRIGGER ${name}`)
}
