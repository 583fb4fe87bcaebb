import type { Column, Draft, Relation } from './draft.js'
import { quote } from './names.js'

export function makeView(draft: Draft): void {
  const readable = draft.relations.filter(({ columns }) => columns.length > 0)
  const base = draft.random.pick(readable)
  const schema = draft.random.pick(draft.schemas)
  const name = draft.names.next('view')
  const view = `${quote(schema)}.${quote(name)}`
  const [first] = base.columns
  if (first === undefined) return
  const integer = base.columns.find(({ type }) => type === 'integer')
  const { prefix, from, added } = makeFrom(draft, base, integer)
  const kept = draft.random.some(base.columns, 0.7)
  const columns: Column[] = (kept.length > 0 ? kept : [first]).map((column) => ({
    ...column,
    name: draft.random.chance(0.3) ? draft.names.next('w') : column.name,
  }))
  const targets = (kept.length > 0 ? kept : [first]).map(
    (column, index) => `t.${quote(column.name)} AS ${quote(columns[index]?.name ?? '')}`,
  )
  if (added) {
    columns.push({ name: added, type: 'integer', value: '7', updatable: false })
    targets.push(quote(added))
  }
  if (draft.random.chance(0.4)) {
    const expression = draft.random.pick([
      ...draft.calls.integer,
      '1',
      ...(integer ? [draft.integerOf(`t.${quote(integer.name)}`)] : []),
      `(SELECT count(*)::int FROM ${draft.otherTable()})`,
      ...(draft.random.chance(0.1)
        ? [`nextval('${draft.random.pick(draft.sequences).replaceAll("'", "''")}')::int`]
        : []),
    ])
    const computed = draft.names.next('x')
    columns.push({ name: computed, type: 'integer', value: '7', updatable: false })
    targets.push(`${expression} AS ${quote(computed)}`)
  }
  const shape = draft.random.number()
  const where = draft.random.chance(0.5)
    ? `WHERE ${draft.condition(integer ? `t.${quote(integer.name)}` : '1', draft.random.chance(0.5) ? readable : [])}`
    : ''
  const options = [
    ...(draft.version >= 15 && draft.random.chance(0.35) ? ['security_invoker = true'] : []),
    ...(draft.random.chance(0.15) ? ['security_barrier = true'] : []),
  ]
  const withOptions = options.length > 0 ? `WITH (${options.join(', ')})` : ''
  if (shape < 0.1) {
    draft.sql.push(`CREATE MATERIALIZED VIEW ${view} AS ${prefix}SELECT ${targets.join(', ')} FROM ${from} ${where}`)
    draft.relations.push({ schema, name, kind: 'matview', columns })
    draft.own('MATERIALIZED VIEW', view)
    return
  }
  const other = draft.random.pick(readable)
  const join = `${quote(other.schema)}.${quote(other.name)} o`
  const joined = shape >= 0.2 ? '' : draft.random.chance(0.5) ? ` LEFT JOIN ${join} ON true` : ` CROSS JOIN ${join}`
  if (shape >= 0.2 && shape < 0.3) {
    const counted = draft.names.next('n')
    const [group] = columns
    const [target] = targets
    const sum =
      draft.random.chance(0.5) && integer ? `sum(${draft.integerOf(`t.${quote(integer.name)}`)})::int` : 'count(*)::int'
    draft.sql.push(
      `CREATE VIEW ${view} ${withOptions} AS ${prefix}SELECT ${target}, ${sum} AS ${quote(counted)} FROM ${from} ${where} GROUP BY t.${quote((kept[0] ?? first).name)}`,
    )
    draft.relations.push({
      schema,
      name,
      kind: 'view',
      columns: [...(group ? [group] : []), { name: counted, type: 'integer', value: '7', updatable: false }],
    })
    draft.own('VIEW', view)
    return
  }
  const distinct = shape >= 0.3 && shape < 0.35 ? 'DISTINCT ' : ''
  const limit = shape >= 0.35 && shape < 0.4 ? ' LIMIT 10' : ''
  if (shape >= 0.4 && shape < 0.46) {
    const select = `SELECT ${targets.join(', ')} FROM ${from}`
    draft.sql.push(`CREATE VIEW ${view} ${withOptions} AS ${prefix}${select} ${where} UNION ALL ${select}`)
    draft.relations.push({
      schema,
      name,
      kind: 'view',
      columns: columns.map((column) => ({ ...column, updatable: false })),
    })
    draft.own('VIEW', view)
    return
  }
  const check = !joined && !distinct && !limit && where && draft.random.chance(0.15) ? ' WITH CHECK OPTION' : ''
  const text = `CREATE VIEW ${view} ${withOptions} AS ${prefix}SELECT ${distinct}${targets.join(', ')} FROM ${from}${joined} ${where}${limit}${check}`
  draft.sql.push(
    check
      ? `DO $make$ BEGIN EXECUTE ${literal(text)}; EXCEPTION WHEN OTHERS THEN EXECUTE ${literal(text.replace(check, ''))}; END $make$`
      : text,
  )
  draft.relations.push({ schema, name, kind: 'view', columns })
  const [viewColumn] = columns
  if (draft.random.chance(0.1) && viewColumn?.type === 'integer') {
    draft.sql.push(
      `ALTER VIEW ${view} ALTER COLUMN ${quote(viewColumn.name)} SET DEFAULT ${draft.random.pick(draft.calls.integer)}`,
    )
  }
  if (draft.random.chance(0.2)) {
    const event = draft.random.pick(['INSERT', 'UPDATE', 'DELETE', 'INSERT OR UPDATE OR DELETE'])
    draft.sql.push(
      `CREATE TRIGGER ${quote(draft.names.next('tr'))} INSTEAD OF ${event} ON ${view} FOR EACH ROW EXECUTE FUNCTION ${draft.triggerFunction}()`,
    )
  }
  draft.own('VIEW', view)
}

/** What a view selects from, as `t`: a relation, or a query that computes one column more. */
function makeFrom(draft: Draft, base: Relation, integer: Column | undefined) {
  const relation = `${quote(base.schema)}.${quote(base.name)} t`
  if (!draft.random.chance(0.25)) return { prefix: '', from: relation, added: null }
  const added = draft.names.next('i')
  const expression = draft.random.pick([
    ...draft.calls.integer,
    draft.integerOf(integer ? `t.${quote(integer.name)}` : '1'),
  ])
  const rows = draft.random.chance(0.3) ? ' OFFSET 0' : ''
  const query = `SELECT t.*, ${expression} AS ${quote(added)} FROM ${relation}${rows}`
  const materialized = draft.random.pick(['', '', 'MATERIALIZED ', 'NOT MATERIALIZED '])
  return draft.random.pick([
    { prefix: '', from: `(${query}) t`, added },
    { prefix: '', from: `${relation}, LATERAL (SELECT ${expression} AS ${quote(added)}${rows}) l`, added },
    { prefix: `WITH z AS ${materialized}(${query}) `, from: 'z t', added },
  ])
}

function literal(text: string): string {
  return `$text$${text}$text$`
}
