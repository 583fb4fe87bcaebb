import type { Column, Draft } from './draft.js'
import { quote } from './names.js'
import { makeTrigger } from './triggers.js'

/** A table that inherits from another, with a row and conditions of its own. */
export function makeHeir(draft: Draft): void {
  const parents = draft.relations.filter(({ inheritable }) => inheritable)
  if (!draft.random.chance(0.3) || parents.length === 0) return
  const parent = draft.random.pick(parents)
  const schema = draft.random.pick(draft.schemas)
  const name = draft.names.next('heir')
  const table = `${quote(schema)}.${quote(name)}`
  const own: Column = { name: draft.names.next('h'), type: 'integer', value: '7', updatable: true }
  const check = draft.random.chance(0.4) ? `, CHECK (${draft.booleanOf(quote(own.name))})` : ''
  const from = `${quote(parent.schema)}.${quote(parent.name)}`
  draft.sql.push(`CREATE TABLE ${table} (${quote(own.name)} integer${check}) INHERITS (${from})`)
  const given = parent.columns.filter(({ updatable }) => updatable).map((column) => quote(column.name))
  draft.sql.push(`INSERT INTO ${table} (${given.join(', ')}) SELECT ${given.join(', ')} FROM ONLY ${from}`)
  draft.relations.push({ schema, name, kind: 'table', columns: [...parent.columns, own] })
  if (draft.random.chance(0.3)) makeTrigger(draft, table, [quote(own.name)])
  draft.own('TABLE', table)
}
