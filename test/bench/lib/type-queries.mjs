// The same queries in our form and in supabase-js's, over the relations of `syntheticSurface`.
import { relationName } from './surface.mjs'

const others = [
  'name',
  'description',
  'status',
  'amount',
  'is_active',
  'metadata',
  'created_at',
  'parent_id',
  'owner_id',
]

/** Relations with an owner, a parent, and somebody whom they own: all but the first two and the last. */
const subject = (index, count) => 2 + (index % (count - 3))

/** `size` columns, `id` among them: others in each round over the relations, so that no query comes twice. */
function columns(index, count, size, shift = 0) {
  const round = Math.floor(index / (count - 3)) + shift
  return ['id', ...Array.from({ length: size - 1 }, (_, at) => others[(round + 2 * at) % others.length])]
}

const quoted = (names) => names.map((name) => `'${name}'`).join(', ')

/** `#`: the query's number in its module. */
const row = '  type Row# = Row<typeof rows#>\n  use(null as Row# | null)'

/** `index`-th query over `count` relations. */
export const ours = {
  flat(index, count) {
    const table = relationName(subject(index, count))
    return `await db.${table}.select(${quoted(columns(index, count, 4))}).where({ id: ${index} })`
  },
  embeds(index, count) {
    const at = subject(index, count)
    return (
      `await db.${relationName(at)}.select(${quoted(columns(index, count, 3))})` +
      `.embed({ owner: [${quoted(columns(index, count, 2, 3))}], ` +
      `${relationName(at + 1)}_by_owner: [${quoted(columns(index, count, 3, 5))}] })`
    )
  },
  /** One column under another name. */
  renamed(index, count) {
    const [first, second] = columns(index, count, 2)
    return `await db.${relationName(subject(index, count))}.select('${first}', { other: '${second}' })`
  },
  /** The type of a row by name. */
  named(index, count) {
    return `db.${relationName(subject(index, count))}.select(${quoted(columns(index, count, 2))})\n${row}`
  },
  /** Two embeds under other names, by the relationships that their queries say. */
  said(index, count) {
    const at = subject(index, count)
    return (
      `await db.${relationName(at)}.select('id').embed({ ` +
      `mine: db.${relationName(at + 1)}.select(${quoted(columns(index, count, 2))}).via('${relationName(at + 1)}_by_owner'), ` +
      `of: db.${relationName(at - 1)}.select(${quoted(columns(index, count, 2, 1))}).via('owner') })`
    )
  },
  /** All of these: columns and an embed under other names, and the type of a row by name. */
  aliases(index, count) {
    const at = subject(index, count)
    const [first, second] = columns(index, count, 2)
    return (
      `db.${relationName(at)}.select('${first}', { other: '${second}' })` +
      `.embed({ mine: db.${relationName(at + 1)}.select('id').via('${relationName(at + 1)}_by_owner') })\n${row}`
    )
  },
}

export const supabase = {
  flat(index, count) {
    const table = relationName(subject(index, count))
    return `await supabase.from('${table}').select('${columns(index, count, 4).join(', ')}').eq('id', ${index})`
  },
  embeds(index, count) {
    const at = subject(index, count)
    const [self, next] = [relationName(at), relationName(at + 1)]
    const owner = `owner:${relationName(at - 1)}!${self}_owner_id_fkey(${columns(index, count, 2, 3).join(', ')})`
    return (
      `await supabase.from('${self}').select('${columns(index, count, 3).join(', ')}, ` +
      `${owner}, ${next}!${next}_owner_id_fkey(${columns(index, count, 3, 5).join(', ')})')`
    )
  },
}

/** A module of `queries` such queries, each in a variable whose first row is looked at. */
export function queryModule(imports, query, queries, relations) {
  const lines = Array.from(
    { length: queries },
    (_, index) => `  const rows${index} = ${query(index, relations).replaceAll('#', index)}\n  use(rows${index})\n`,
  )
  return `${imports}\ndeclare function use(value: unknown): void\nexport async function run() {\n${lines.join('')}}\n`
}

/** `database.ts` in the form that `supabase gen types` writes: columns and keys in the order of their names, all writable. */
export function supabaseDatabase(surface) {
  const tables = surface.relations.map((relation) => {
    const type = (column) => supabaseTypes[column.type.type] ?? 'string'
    const members = (columns, optional) =>
      [...columns]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((column) => {
          const mark = optional(column) ? '?' : ''
          return `          ${column.name}${mark}: ${type(column)}${column.nullable ? ' | null' : ''}\n`
        })
        .join('')
    const keys = relation.relationships
      .filter(({ kind }) => kind === 'many-to-one')
      .sort((a, b) => (a.columns[0][0] < b.columns[0][0] ? -1 : 1))
      .map(
        ({ columns, target }) =>
          `          {\n            foreignKeyName: '${relation.name}_${columns[0][0]}_fkey'\n            columns: ['${columns[0][0]}']\n            isOneToOne: false\n` +
          `            referencedRelation: '${target.name}'\n            referencedColumns: ['${columns[0][1]}']\n          },\n`,
      )
    return (
      `      ${relation.name}: {\n        Row: {\n${members(relation.columns, () => false)}        }\n` +
      `        Insert: {\n${members(relation.columns, ({ hasDefault, nullable }) => hasDefault || nullable)}        }\n` +
      `        Update: {\n${members(relation.columns, () => true)}        }\n` +
      `        Relationships: [\n${keys.join('')}        ]\n      }\n`
    )
  })
  return (
    'export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]\n\n' +
    `export type Database = {\n  __InternalSupabase: { PostgrestVersion: '14.1' }\n  public: {\n    Tables: {\n${tables.join('')}    }\n` +
    '    Views: { [_ in never]: never }\n    Functions: { [_ in never]: never }\n' +
    "    Enums: { status: 'draft' | 'active' | 'archived' }\n    CompositeTypes: { [_ in never]: never }\n  }\n}\n"
  )
}

const supabaseTypes = {
  'pg_catalog.int4': 'number',
  'pg_catalog.numeric': 'number',
  'pg_catalog.bool': 'boolean',
  'pg_catalog.jsonb': 'Json',
  'api.status': "Database['public']['Enums']['status']",
}
