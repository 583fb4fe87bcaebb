import type { Column, Draft } from './draft.js'
import { quote } from './names.js'

/** A foreign table that can only be read, of an empty file. */
export function makeForeignTable(draft: Draft): void {
  if (!draft.random.chance(0.15)) return
  const schema = draft.random.pick(draft.schemas)
  const name = draft.names.next('foreign')
  const columns: Column[] = [{ name: draft.names.next('f'), type: 'integer', value: '7', updatable: false }]
  const table = `${quote(schema)}.${quote(name)}`
  draft.sql.push(
    'CREATE EXTENSION IF NOT EXISTS file_fdw',
    'CREATE SERVER IF NOT EXISTS files FOREIGN DATA WRAPPER file_fdw',
    `CREATE FOREIGN TABLE ${table} (${columns.map((column) => `${quote(column.name)} integer`).join(', ')})
       SERVER files OPTIONS (filename '/dev/null', format 'csv')`,
  )
  draft.relations.push({ schema, name, kind: 'foreign', columns })
  draft.own('FOREIGN TABLE', table)
}
