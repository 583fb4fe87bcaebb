import type { Column, Draft } from './draft.js'
import { quote } from './names.js'
import { makeTrigger } from './triggers.js'

/** A partitioned table of one chain of partitions, so that every row goes the same way, with grants on each of them. */
export function makePartitioned(draft: Draft): void {
  if (!draft.random.chance(0.5)) return
  const columns: Column[] = [
    { name: draft.names.next('k'), type: 'integer', value: '7', updatable: true },
    { name: draft.names.next('v'), type: 'text', value: `'t'`, updatable: true },
  ]
  const [key = '', value = ''] = columns.map((column) => quote(column.name))
  const add = (prefix: string) => {
    const relation = { schema: draft.random.pick(draft.schemas), name: draft.names.next(prefix) }
    draft.relations.push({ ...relation, kind: 'table', columns })
    return `${quote(relation.schema)}.${quote(relation.name)}`
  }
  const by = draft.random.chance(0.3) ? `(${draft.integerOf(key)})` : key
  const [strategy, bound] = draft.random.pick([
    ['RANGE', 'DEFAULT'],
    ['RANGE', 'FOR VALUES FROM (MINVALUE) TO (MAXVALUE)'],
    ['LIST', 'DEFAULT'],
    ['HASH', 'FOR VALUES WITH (MODULUS 1, REMAINDER 0)'],
  ] as const)
  const table = add('parted')
  draft.sql.push(`CREATE TABLE ${table} (${key} integer, ${value} text) PARTITION BY ${strategy} (${by})`)
  const tables = [table]
  if (draft.random.chance(0.3)) {
    const middle = add('middle')
    draft.sql.push(`CREATE TABLE ${middle} PARTITION OF ${table} ${bound} PARTITION BY LIST (${value})`)
    tables.push(middle)
  }
  const [above = table] = tables.slice(-1)
  const ofAbove = above === table ? bound : 'DEFAULT'
  const part = add('part')
  tables.push(part)
  const check = draft.random.chance(0.3) ? `CHECK (${draft.booleanOf(key)})` : ''
  if (draft.random.chance(0.4)) {
    const text = draft.random.chance(0.4) ? `DEFAULT ${draft.random.pick(draft.calls.text)}` : ''
    draft.sql.push(`CREATE TABLE ${part} (${value} text ${text}, ${key} integer ${check})`)
    draft.sql.push(`ALTER TABLE ${above} ATTACH PARTITION ${part} ${ofAbove}`)
  } else draft.sql.push(`CREATE TABLE ${part} PARTITION OF ${above} ${check && `(${check})`} ${ofAbove}`)
  if (draft.random.chance(0.2))
    draft.sql.push(`CREATE INDEX ON ${draft.random.pick(tables)} ((${draft.integerOf(key)}))`)
  draft.sql.push(`INSERT INTO ${table} (${key}, ${value}) VALUES (1000, 'x')`)
  if (draft.random.chance(0.3)) makeTrigger(draft, draft.random.pick(tables), [key])
  for (const one of tables) draft.own('TABLE', one)
}
