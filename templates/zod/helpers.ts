/**
 * What generated conditions call, by name: only what a file uses is written into it. Conditions are those of SQL: `null`
 * stands for what is not known, and a value that is not given (`undefined`) makes a condition unknown.
 */
const sources = {
  and: `(...all: (boolean | null)[]) => all.includes(false) ? false : all.includes(null) ? null : true`,
  or: `(...all: (boolean | null)[]) => all.includes(true) ? true : all.includes(null) ? null : false`,
  not: `(value: boolean | null) => value === null ? null : !value`,
  truth: `(value: unknown) => typeof value === 'boolean' ? value : null`,
  isNull: `(value: unknown) => value === undefined ? null : value === null`,
  isIt: `(value: unknown, what: boolean) => value === undefined ? null : value === what`,
  same: `(a: unknown, b: unknown) => a == null || b == null ? null : a === b`,
  chars: `(value: unknown) => typeof value === 'string' ? [...value].length : null`,
  bytes: `(value: unknown) => typeof value === 'string' ? new TextEncoder().encode(value).length : null`,
  items: `(value: unknown) => Array.isArray(value) ? value.flat(Infinity).length : null`,
  rows: `(value: unknown) => Array.isArray(value) && value.length > 0 ? value.length : null`,
  indexIn: `(text: unknown, part: unknown) => typeof text !== 'string' || typeof part !== 'string' ? null : text.includes(part) ? [...text.slice(0, text.indexOf(part))].length + 1 : 0`,
  padded: `(value: unknown, length: number) => typeof value === 'string' ? value + ' '.repeat(Math.max(0, length - [...value].length)) : value`,
  trimmed: `(value: unknown, ends: RegExp) => typeof value === 'string' ? value.replace(ends, '') : value`,
  orElse: `(value: unknown, other: unknown) => value === null ? other : value`,
  jsonType: `(value: unknown) => value == null ? null : Array.isArray(value) ? 'array' : typeof value`,
  count: `(isNull: boolean, ...values: unknown[]) => values.includes(undefined) ? null : values.filter((value) => (value === null) === isNull).length`,
  matches: `(value: unknown, pattern: RegExp, doubtful = '') => {
  if (typeof value !== 'string' || value.length > 10_000) return null
  return doubtful !== '' && new RegExp(\`(?![\\\\0-\\\\x7f])[\${doubtful}]\`, 'u').test(value) ? null : pattern.test(value)
}`,
  digits: `(value: unknown): [rank: number, digits: bigint, scale: number] | null => {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const rank = { '-Infinity': 0, Infinity: 2, NaN: 3 }[String(value)]
  if (rank !== undefined) return [rank, 0n, 0]
  const [, sign, whole = '', part = '', exponent = '0'] = /^([+-]?)(\\d*)\\.?(\\d*)(?:e([+-]?\\d{1,4}))?$/i.exec(String(value)) ?? []
  if (sign === undefined || whole + part === '') return null
  const digits = BigInt(whole + part)
  return [1, sign === '-' ? -digits : digits, part.length - Number(exponent)]
}`,
  numbers: `(a: unknown, b: unknown) => {
  const [one, other] = [digits(a), digits(b)]
  if (one === null || other === null) return null
  if (one[0] !== other[0]) return one[0] - other[0]
  const scale = Math.max(one[2], other[2])
  const left = one[1] * 10n ** BigInt(scale - one[2])
  const right = other[1] * 10n ** BigInt(scale - other[2])
  return left < right ? -1 : left > right ? 1 : 0
}`,
  rounded: `(value: unknown, scale: number) => {
  const found = digits(value)
  if (found === null || found[0] !== 1 || found[2] <= scale) return value
  const unit = 10n ** BigInt(found[2] - scale)
  const half = found[1] < 0n ? -unit / 2n : unit / 2n
  return \`\${(found[1] + half) / unit}e\${-scale}\`
}`,
  moment: `(value: unknown, zone: boolean): bigint | null => {
  if (value === 'infinity' || value === '-infinity') return 10n ** 30n * (value === 'infinity' ? 1n : -1n)
  const parts = /^(\\d{4,6})-(\\d\\d)-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,6}))?)?)?(?:([+-])(\\d\\d):?(\\d\\d)?|(Z))?$/.exec(String(value))
  if (parts === null || (zone && parts[8] === undefined && parts[11] === undefined)) return null
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', sign, hours = 0, minutes = 0] = parts
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const offset = zone ? (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) : 0
  const seconds = date.getTime() / 1000 + Number(hour) * 3600 + (Number(minute) - offset) * 60 + Number(second)
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
}`,
  moments: `(a: unknown, b: unknown, zone: boolean) => {
  const [one, other] = [moment(a, zone), moment(b, zone)]
  return one === null || other === null ? null : one < other ? -1 : one > other ? 1 : 0
}`,
  test: `(order: number | null, operator: string) => {
  switch (order === null ? '' : operator) {
    case '=': return order === 0
    case '<>': return order !== 0
    case '<': return (order ?? 0) < 0
    case '<=': return (order ?? 0) <= 0
    case '>': return (order ?? 0) > 0
    case '>=': return (order ?? 0) >= 0
    default: return null
  }
}`,
  fits: `(value: unknown, precision: number, scale: number) => {
  const size = digits(rounded(value, scale))
  return size === null || (size[0] === 1 ? test(numbers(String(rounded(value, scale)).replace(/^-/, ''), \`1e\${precision - scale}\`), '<') !== false : size[0] === 3)
}`,
  fitsLength: `(value: string, length: number) => [...value].slice(length).every((character) => character === ' ')`,
} as const

export type Helper = keyof typeof sources

/** What a helper calls. */
const needs: Partial<Record<Helper, readonly Helper[]>> = {
  numbers: ['digits'],
  rounded: ['digits'],
  moments: ['moment'],
  fits: ['digits', 'rounded', 'numbers', 'test'],
}

/** The names of all helpers: nothing else in a file may have one. */
export const helperNames = Object.keys(sources)

/** The declarations of these helpers, and of those that they call. */
export function helperDeclarations(used: ReadonlySet<Helper>): string {
  const wanted = new Set<string>([...used].flatMap((name) => [name, ...(needs[name] ?? [])]))
  return Object.entries(sources)
    .filter(([name]) => wanted.has(name))
    .map(([name, source]) => `const ${name} = ${source}\n`)
    .join('')
}
