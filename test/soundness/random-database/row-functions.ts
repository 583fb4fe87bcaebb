import type { Draft } from './draft.js'
import { makeFunction } from './functions.js'
import { quote } from './names.js'

/** Functions of a relation's row: what the API has as computed fields and computed relationships. */
export function makeRowFunctions(draft: Draft): void {
  for (const of of draft.random.some(draft.relations, 0.25)) {
    const target = draft.random.chance(0.5)
      ? draft.random.pick(draft.relations.filter(({ schema }) => schema === of.schema))
      : null
    const type = `${quote(of.schema)}.${quote(of.name)}`
    const rows = draft.random.chance(0.7) ? 'SETOF ' : ''
    const { called: _, ...named } = makeFunction(draft, {
      schema: of.schema,
      type,
      ...(target
        ? { returns: `${rows}${quote(target.schema)}.${quote(target.name)}`, body: rows === '' ? 'NULL' : '' }
        : { returns: 'integer', body: '1' }),
    })
    const json = Object.fromEntries(of.columns.map((column) => [column.name, column.value.replaceAll("'", '')]))
    draft.rowFunctions.push({ name: named.name, of, target })
    draft.functions.push({ ...named, argument: { sql: `NULL::${type}`, json } })
  }
}
