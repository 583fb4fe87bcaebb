import type { Catalog, RelationSurface, Surface } from '@rolecast/catalog'
import { emitZod } from '@rolecast/templates/zod'
import pg from 'pg'
import { importedSchemas, messages, type Schemas } from '../targets/zod-schemas.js'

export interface Judged {
  /** rows that were judged */
  readonly rows: number
  /** rows that a schema refuses although they are there */
  readonly refused: readonly string[]
  /** CHECKs that schemas say and that no value broke, though their relation has rows */
  readonly untried: readonly string[]
  /** values that a schema refuses for a CHECK, and PostgreSQL does not refuse for it */
  readonly differing: readonly string[]
}

/** Values of many kinds: for every CHECK, some of them break it. */
const candidates = [-1, 0, 1e6, '', 'x', 'Not a slug!', 'x'.repeat(80), '0001-01-01', '9999-12-31', '0001-01-01T00:00:00Z', [], {}] // biome-ignore format: a list
const fillers: Readonly<Record<string, unknown>> = { text: 'x', integer: 1, bigint: 1, numeric: 1, uuid: '00000000-0000-4000-8000-000000000001' } // biome-ignore format: a list

/**
 * Holds the schemas of a role against PostgreSQL: rows that are there pass; a row of which one value is changed so that a
 * CHECK breaks is refused by both, with the CHECK's name. Everything is rolled back.
 *
 * @param client the database, as its owner
 */
export async function judgeRows(client: pg.Client, catalog: Catalog, surface: Surface): Promise<Judged> {
  const schemas = await importedSchemas(surface)
  const said = new Set([...emitZod(surface).content.matchAll(/error: '(\w+_check\d*)'/g)].map(([, name = '']) => name))
  const [refused, differing, tried]: [string[], string[], Set<string>] = [[], [], new Set()]
  const ofEmpty = new Set<string>()
  let rows = 0
  await client.query("BEGIN; SET LOCAL session_replication_role = 'replica'")
  try {
    for (const relation of surface.relations) {
      const schema = rowSchema(schemas, relation)
      if (schema === undefined) continue
      const found = await rowsOf(client, relation, catalog)
      rows += found.length
      for (const row of found) {
        for (const message of messages(schema, row)) refused.push(`${relation.name}: ${message} ${JSON.stringify(row)}`)
      }
      if (found.length === 0) for (const { name } of relation.checks) ofEmpty.add(name)
      const [row] = found
      const brokenHere = new Set<string>()
      for (const change of row === undefined ? [] : changesOf(relation)) {
        const [check, ...others] = messages(schema, { ...row, ...change })
        if (check === undefined || others.length > 0 || !said.has(check) || brokenHere.has(check)) continue
        brokenHere.add(check)
        tried.add(check)
        const answer = await refusalOf(client, relation, row ?? {}, change)
        if (answer !== check)
          differing.push(`${relation.name} ${JSON.stringify(change)}: ${check}, but PostgreSQL: ${answer}`)
      }
    }
  } finally {
    await client.query('ROLLBACK')
  }
  return { rows, refused, differing, untried: [...said].filter((name) => !tried.has(name) && !ofEmpty.has(name)) }
}

function rowSchema(schemas: Schemas, { name, select }: RelationSurface): Schemas[string] | undefined {
  const pascal = name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return select.length === 0 ? undefined : schemas[`${pascal}Row`]
}

const changesOf = ({ select }: RelationSurface) =>
  select.flatMap((column) => candidates.map((value) => ({ [column]: value })))

const quoted = (name: string) => pg.escapeIdentifier(name)
const pathOf = ({ schema, name }: RelationSurface) => `${quoted(schema)}.${quoted(name)}`

/** Some rows of a relation. A table that has none gets one. */
async function rowsOf(client: pg.Client, relation: RelationSurface, catalog: Catalog): Promise<readonly object[]> {
  const read = async () => {
    const columns = relation.select.map(quoted).join(', ')
    const { rows } = await client.query<{ row: object }>(
      `SELECT row_to_json(x) AS row FROM (SELECT ${columns} FROM ${pathOf(relation)} LIMIT 50) x`,
    )
    return rows.map(({ row }) => row)
  }
  const found = await read()
  if (found.length > 0 || relation.checks.length === 0 || relation.kind !== 'table') return found
  const table = catalog.relations.find(({ schema, name }) => schema === relation.schema && name === relation.name)
  const needed = (table?.columns ?? []).filter(
    (column) => column.notNull && column.default === null && column.identity === null,
  )
  const names = needed.map(({ name }) => quoted(name)).join(', ')
  const values = needed.map(({ type }) => fillers[type.formatted])
  const places = needed.map((_, index) => `$${index + 1}`).join(', ')
  await client.query(`INSERT INTO ${pathOf(relation)} (${names}) VALUES (${places})`, values)
  return read()
}

/** The CHECK, or else the message, that PostgreSQL refuses a change of a row with; null where it takes it. */
async function refusalOf(
  client: pg.Client,
  relation: RelationSurface,
  row: object,
  change: object,
): Promise<string | null> {
  const [column = ''] = Object.keys(change).map(quoted)
  await client.query('SAVEPOINT change')
  try {
    await client.query(
      `UPDATE ${pathOf(relation)} AS x SET ${column} = (json_populate_record(null::${pathOf(relation)}, $1)).${column}
       WHERE to_jsonb(x) @> $2::jsonb`,
      [JSON.stringify(change), JSON.stringify(row)],
    )
    return null
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    return error.code === '23514' ? (error.constraint ?? '') : error.message
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT change')
  }
}
