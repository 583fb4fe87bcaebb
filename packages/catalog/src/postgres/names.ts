/**
 * Schema-qualified name of a relation, type or sequence: `api.orders`, `api."Order Lines"`. Each part is quoted as SQL
 * would have it, so the text is unambiguous and a key (see `qualifiedName`).
 */
export type QualifiedName = string

/** A routine's qualified name with its input argument types: `api.calculate_total(integer)`. */
export type Signature = string

/**
 * Key words that PostgreSQL 14 to 18 do not accept everywhere as a bare identifier (`pg_get_keywords()`, all categories
 * but "unreserved"). Quoted, so that a name is valid SQL wherever it stands.
 */
const keywords = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast
  char character check coalesce collate collation column concurrently constraint create cross current_catalog
  current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable
  desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group
  grouping having ilike in initially inner inout int integer intersect interval into is isnull join json json_array
  json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
  lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none normalize not
  notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary
  real references returning right row select session_user setof similar smallint some substring symmetric system_user
  table tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic
  verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
  xmlroot xmlserialize xmltable`.split(/\s+/),
)

/** An identifier as SQL must write it: quoted unless it is plain lower case and no key word (as `quote_ident` does). */
export function quoteIdentifier(name: string): string {
  return isPlain(name) && !keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

const isPlain = (name: string) => /^[a-z_][a-z0-9_]*$/.test(name)

/** The key of a relation, type or sequence, and its name in SQL, where any word may follow the dot. */
export function qualifiedName(schema: string, name: string): QualifiedName {
  return `${quoteIdentifier(schema)}.${isPlain(name) ? name : quoteIdentifier(name)}`
}

/** The key of a routine. `inputTypes` as `format_type` prints them with an empty search path. */
export function signatureOf(schema: string, name: string, inputTypes: readonly string[]): Signature {
  return `${qualifiedName(schema, name)}(${inputTypes.join(', ')})`
}

/** Takes a qualified name or signature's name part apart again. */
export function splitQualifiedName(qualified: QualifiedName): { schema: string; name: string } {
  const parts = /^("(?:[^"]|"")*"|[^".]+)\.("(?:[^"]|"")*"|[^".]+)$/s.exec(qualified)
  if (parts === null) throw new Error(`Not a qualified name: ${qualified}`)
  const bare = (part = '') => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part)
  return { schema: bare(parts[1]), name: bare(parts[2]) }
}

/** A name with its schema, as anybody may write it in SQL: bare words in any case. Undefined: another kind of name. */
export function parseSqlName(text: string): { schema: string; name: string } | undefined {
  const word = '("(?:[^"]|"")+"|[a-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)'
  const parts = new RegExp(`^\\s*${word}\\s*\\.\\s*${word}\\s*$`, 'i').exec(text)
  if (parts === null) return undefined
  const [schema = '', name = ''] = parts
    .slice(1)
    .map((part) =>
      part.startsWith('"')
        ? part.slice(1, -1).replaceAll('""', '"')
        : part.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
    )
  return { schema, name }
}

/** Order by code point, which is the order of the UTF-8 bytes. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return rankOf(left) - rankOf(right)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above all others, though their code units are below U+E000. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit
}

/** Compares by several names, the first that differs deciding. */
export function byNames<T>(...keys: ((item: T) => string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = compareNames(key(a), key(b))
      if (order !== 0) return order
    }
    return 0
  }
}

export function sortedNames<T extends string>(names: Iterable<T>): T[] {
  return [...new Set(names)].sort(compareNames)
}
