import type { Column, Draft } from './draft.js'
import { quote } from './names.js'

export function makePartitioned(draft: Draft): void {
  if (!draft.random.chance(0.5)) return
  const schema = draft.random.pick(draft.schemas)
  const name = draft.names.next('parted')
  const columns: Column[] = [
    { name: draft.names.next('k'), type: 'integer', value: '7', updatable: true },
    { name: draft.names.next('v'), type: 'text', value: `'t'`, updatable: true },
  ]
  const [key, value] = columns.map((column) => quote(column.name))
  const table = `${quote(schema)}.${quote(name)}`
  const by = draft.random.chance(0.3) ? `(${draft.integerOf(key ?? '')})` : key
  draft.sql.push(`CREATE TABLE ${table} (${key} integer, ${value} text) PARTITION BY RANGE (${by})`)
  draft.relations.push({ schema, name, kind: 'table', columns })
  const part = { schema: draft.random.pick(draft.schemas), name: draft.names.next('part') }
  const partTable = `${quote(part.schema)}.${quote(part.name)}`
  draft.sql.push(`CREATE TABLE ${partTable} PARTITION OF ${table} DEFAULT`)
  draft.sql.push(`INSERT INTO ${table} VALUES (1000, 'x')`)
  draft.relations.push({ ...part, kind: 'table', columns })
  draft.own('TABLE', table)
  draft.own('TABLE', partTable)
}
