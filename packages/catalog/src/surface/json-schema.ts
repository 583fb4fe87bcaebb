import type { Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { quoteIdentifier } from '../postgres/names.js'

/**
 * The JSON Schema that every value satisfies which a CHECK expression lets through, or null: a call of
 * `json_matches_schema` or `jsonb_matches_schema` (of the extension pg_jsonschema, or a function of that name) with the
 * value and a constant, as a condition of its own. Its text is what PostgreSQL holds, and may be no schema.
 *
 * @param value how the expression names the value: `VALUE`, or a column, quoted where that is needed
 */
export function checkedSchema(expression: string, value: string): string | null {
  const text = withoutParentheses(expression)
  const conditions = splitAt(text, ' AND ')
  if (conditions.length > 1) {
    return conditions.map((condition) => checkedSchema(condition, value)).find((found) => found !== null) ?? null
  }
  const alternatives = splitAt(text, ' OR ')
  if (alternatives.length > 1) {
    const others = alternatives.filter((alternative) => withoutParentheses(alternative) !== `${value} IS NULL`)
    return others.length === 1 ? checkedSchema(others[0] ?? '', value) : null
  }
  const [, schema, instance = ''] = call.exec(text) ?? []
  return schema !== undefined && isValue(instance, value) ? schema.replaceAll("''", "'") : null
}

/** Views over views: PostgreSQL has no cycles, a catalog that lies may. */
const maximumDepth = 32

const call =
  /^(?:(?:"(?:[^"]|"")+"|[\w$]+)\.)?jsonb?_matches_schema\((?:schema\s*=>\s*)?'((?:[^']|'')*)'::jsonb?, (?:instance\s*=>\s*)?(.*)\)$/su

function isValue(text: string, value: string): boolean {
  return text === value || text === `(${value})::json` || text === `(${value})::jsonb`
}

/** As PostgreSQL prints expressions, each part of a list has its own parentheses, or needs none. */
function withoutParentheses(text: string): string {
  return text.startsWith('(') && closing(text) === text.length - 1 ? withoutParentheses(text.slice(1, -1)) : text
}

/** Where the parenthesis ends that a text begins with. */
function closing(text: string): number {
  for (const { index, depth } of outside(text)) if (depth === 0) return index
  return -1
}

function splitAt(text: string, word: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const { index, depth } of outside(text)) {
    if (depth !== 0 || index < from || !text.startsWith(word, index)) continue
    parts.push(text.slice(from, index))
    from = index + word.length
  }
  return [...parts, text.slice(from)]
}

/** Characters that are not in a constant or a quoted name, with how many parentheses are open after them. */
function* outside(text: string): Generator<{ index: number; depth: number }> {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === "'" || character === '"') {
      const end = text.indexOf(character, index + 1)
      if (end < 0) return
      index = end
      continue
    }
    if (character === '(') depth++
    if (character === ')') depth--
    yield { index, depth }
  }
}

/**
 * The JSON Schema that the documents of a column are held to by the table that keeps them: a view passes it on. Foreign
 * tables promise checks that nobody makes.
 */
export function columnSchema(index: CatalogIndex, relation: Relation, column: string, depth = 0): string | null {
  const { view, kind, columns } = relation
  if (view === null) return kind === 'foreign table' ? null : ownSchema(relation, column)
  const origin = view.origins[columns.findIndex(({ name }) => name === column)] ?? null
  const base = origin === null ? undefined : index.relations.get(origin.relation)
  if (origin === null || base === undefined || depth > maximumDepth) return null
  return columnSchema(index, base, origin.column, depth + 1)
}

function ownSchema({ constraints }: Relation, column: string): string | null {
  for (const { kind, expression, isValidated } of constraints) {
    const schema = kind === 'check' && isValidated ? checkedSchema(expression ?? '', quoteIdentifier(column)) : null
    if (schema !== null) return schema
  }
  return null
}
