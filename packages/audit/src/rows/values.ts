import type { Catalog, Column, TypeUse } from '@rolecast/catalog'
import { indexCatalog } from '@rolecast/catalog'
import { sampleOf } from './pattern-sample.js'

/** Values as PostgreSQL reads them, by type: the first is a good one, the others are tried where a CHECK refuses it. */
const known: readonly (readonly [RegExp, (n: number) => readonly string[]])[] = [
  [/^uuid$/, (n) => [uuidOf(n)]],
  [/^smallint$/, (n) => [String(31_000 + (n % 1_000)), '1', '0']],
  [/^integer$/, (n) => [String(2_000_000_000 + n), '1', '0', '2', '10', '100']],
  [/^bigint$/, (n) => [String(9_000_000_000_000 + n), '1', '0', '2', '10', '100']],
  [/^numeric|^real|^double/, () => ['1', '0', '0.5', '10', '100', '-1']],
  [/^money$/, () => ['1.00']],
  [/^boolean$/, () => ['false', 'true']],
  [/^date$/, () => ['2026-01-01', '2999-01-01']],
  [/^timestamp/, () => ['2026-01-01 00:00:00+00', '2999-01-01 00:00:00+00']],
  [/^time/, () => ['12:00:00']],
  [/^interval/, () => ['1 day']],
  [/^jsonb?$/, () => ['{}', '[]', '"a"', '1']],
  [/^bytea$/, () => ['\\x00', `\\x${'00'.repeat(32)}`]],
  [/^(inet|cidr)$/, (n) => [`10.0.${(n >> 8) & 255}.${n & 255}`]],
  [/^macaddr$/, () => ['08:00:2b:01:02:03']],
  [/^macaddr8$/, () => ['08:00:2b:01:02:03:04:05']],
  [/^point$/, () => ['(1,1)']],
  [/^(box|lseg|path)$/, () => ['(1,1),(0,0)']],
  [/^line$/, () => ['{1,1,1}']],
  [/^polygon$/, () => ['((0,0),(1,1),(1,0))']],
  [/^circle$/, () => ['<(1,1),1>']],
  [/^(int4range|int8range|numrange)$/, (n) => [`[${n},${n + 1})`]],
  [/^(daterange|tsrange|tstzrange)$/, () => ['[2026-01-01,2026-02-01)']],
  [/multirange$/, () => ['{}']],
  [/^xml$/, () => ['<a/>']],
  [/^oid$/, () => ['1']],
  [/^name$/, (n) => [`rolecast${n}`]],
]

/** A UUID of version 4 that nothing else has by chance. */
const uuidOf = (n: number) => `7e57da7a-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

/**
 * Values that a column may take, the likeliest first. None is read from a row: nothing of the data gets into a test.
 *
 * @param n makes the values of different rows different
 * @param mined texts of the column's CHECKs, its domain's too
 */
export function candidatesFor(
  catalog: Catalog,
  type: TypeUse,
  n: number,
  checks: readonly string[],
): readonly string[] {
  const { types } = indexCatalog(catalog)
  if (type.array) return ['{}', ...candidatesFor(catalog, elementOf(type), n, checks).slice(0, 1).map(arrayOf)]
  const own = types.get(type.type)
  if (own?.kind === 'enum') return own.labels
  if (own?.kind === 'domain') {
    return candidatesFor(catalog, own.base, n, [...checks, ...own.checks.map(({ expression }) => expression)])
  }
  if (own?.kind === 'composite') return ['()']
  const bits = /^bit\((\d+)\)$/.exec(type.formatted)
  if (bits !== null) return ['0'.repeat(Number(bits[1]))]
  const length = Number(/^character(?: varying)?\((\d+)\)$/.exec(type.formatted)?.[1] ?? 200)
  const found = known.find(([pattern]) => pattern.test(type.formatted))
  const mined = checks.flatMap((text) => minedFrom(text, n))
  const plain = found === undefined ? textsFor(n) : found[1](n)
  const isText = found === undefined
  const all = isText
    ? [...patterns(checks, n), ...plain, ...mined]
    : [...plain, ...mined.filter((value) => /^-?[\d.]+$/.test(value))]
  return [...new Set(all.map((value) => (isText ? cut(value, length, n) : value)))]
}

function textsFor(n: number): readonly string[] {
  const letters = lettersOf(n)
  return [
    `rolecast-${letters}`,
    letters,
    `${letters}@example.com`,
    'rolecast'.repeat(5) + letters,
    `https://example.com/${letters}`,
    letters.toUpperCase(),
    '1',
  ]
}

/** Shorter texts keep their end, which tells rows apart. */
const cut = (value: string, length: number, n: number) =>
  value.length <= length ? value : lettersOf(n).padStart(length, 'a').slice(-length)

export function lettersOf(n: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  return n < 26 ? (letters[n] ?? 'a') : lettersOf(Math.floor(n / 26) - 1) + (letters[n % 26] ?? 'a')
}

const elementOf = (type: TypeUse): TypeUse => ({
  ...type,
  array: false,
  formatted: type.formatted.replace(/\[\]$/, ''),
})
const arrayOf = (value: string) => `{"${value.replaceAll(/["\\]/g, '\\$&')}"}`

/** Constants of a CHECK, and the neighbours of its numbers. */
function minedFrom(check: string, _n: number): readonly string[] {
  const texts = [...check.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'"))
  const numbers = [...check.matchAll(/(?<![\w.'])-?\d+(?:\.\d+)?/g)].flatMap(([text]) => [
    text,
    String(Number(text) + 1),
    String(Number(text) - 1),
  ])
  return [...texts, ...numbers]
}

function patterns(checks: readonly string[], n: number): readonly string[] {
  return checks.flatMap((check) =>
    [...check.matchAll(/~\*?\s+'((?:[^']|'')*)'/g)].map(([, pattern = '']) =>
      distinct(pattern.replaceAll("''", "'"), n),
    ),
  )
}

/** Where a pattern repeats one character, the number of the row is spelled by it. */
function distinct(pattern: string, n: number): string {
  const letter = lettersOf(n)
  return sampleOf(pattern, letter.slice(-1))
}

/** What an insert must give. */
export function isRequired(catalog: Catalog, column: Column): boolean {
  const type = indexCatalog(catalog).types.get(column.type.type)
  const refusesNull =
    column.notNull || (type?.kind === 'domain' && !column.type.array && type.notNull && type.default === null)
  return refusesNull && column.default === null && column.identity === null && column.generated === null
}
