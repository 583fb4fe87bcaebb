import type { Draft } from './draft.js'
import { quote } from './names.js'

/** A rule that writes to a table that has none itself, so that rules never lead back to themselves. */
export function makeRule(draft: Draft): void {
  const target = draft.random.pick(
    draft.relations.filter((relation) => relation.kind !== 'matview' && !draft.ruled.has(relation)),
  )
  const tables = draft.relations.filter(({ kind }) => kind === 'table')
  const free = tables.filter((relation) => relation !== target && !draft.ruled.has(relation))
  if (free.length === 0) return
  const base = draft.random.pick(free)
  const event = draft.random.pick(['INSERT', 'UPDATE', 'DELETE'])
  const ruled = `${quote(target.schema)}.${quote(target.name)}`
  if (target.kind === 'foreign') return
  draft.ruled.add(target).add(base)
  if (draft.random.chance(0.25)) {
    draft.sql.push(`CREATE RULE ${quote(draft.names.next('rule'))} AS ON ${event} TO ${ruled} DO INSTEAD NOTHING`)
    return
  }
  const on = `${quote(base.schema)}.${quote(base.name)}`
  const column = base.columns.find(({ updatable }) => updatable)
  if (column === undefined) return
  const where =
    event !== 'INSERT' && target.kind === 'table' && draft.random.chance(0.5)
      ? `WHERE OLD.${quote(target.columns[0]?.name ?? '')} IS NOT NULL`
      : ''
  // a literal of a composite type was read when the rule was made: the domains within it are not asked again
  const given = base.columns.filter(({ updatable, type }) => updatable && type !== 'composite')
  const action = draft.random.pick([
    `INSERT INTO ${on} (${given.map(({ name }) => quote(name)).join(', ')}) VALUES (${given.map(({ value }) => value).join(', ')})`,
    `UPDATE ${on} SET ${quote(column.name)} = ${column.value} ${where}`,
    `DELETE FROM ${on} ${where}`,
  ])
  const also = target.kind === 'table' ? 'ALSO' : 'INSTEAD'
  draft.sql.push(`CREATE RULE ${quote(draft.names.next('rule'))} AS ON ${event} TO ${ruled} DO ${also} ${action}`)
}
