/** A line that psql does not send to the server, but follows itself. */
export type MetaCommand =
  | { readonly kind: 'include'; readonly file: string; readonly isBesideThis: boolean }
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'connect'; readonly database: string | null }
  /** it changes nothing of what is loaded */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly name: string }

/** Commands about what psql shows. */
const silent: ReadonlySet<string> = new Set([
  ...['a', 'C', 'echo', 'encoding', 'errverbose', 'f', 'H', 'o', 'p', 'pset', 'qecho', 'r', 'restrict', 's', 't'],
  ...['timing', 'unrestrict', 'unset', 'warn', 'x', '\\'],
])

/** @param line from the backslash to the end of the line */
export function readMetaCommand(line: string): MetaCommand {
  const [, name = '', rest = ''] = /^\\(\S*)\s*(.*?)\s*$/s.exec(line) ?? []
  const [first, ...more] = argumentsOf(rest)
  switch (name) {
    case 'i':
    case 'include':
    case 'ir':
    case 'include_relative':
      return { kind: 'include', file: first ?? '', isBesideThis: name === 'ir' || name === 'include_relative' }
    case 'set':
      return first === undefined ? { kind: 'none' } : { kind: 'set', name: first, value: more.join('') }
    case 'c':
    case 'connect':
      return { kind: 'connect', database: databaseIn(rest) }
    default:
      return silent.has(name) ? { kind: 'none' } : { kind: 'unknown', name }
  }
}

/** Words, in quotes where they have blanks in them. */
function argumentsOf(text: string): readonly string[] {
  return [...text.matchAll(/'((?:[^']|'')*)'|"((?:[^"]|"")*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single?.replaceAll("''", "'") ?? double?.replaceAll('""', '"') ?? plain ?? '',
  )
}

/** `\connect` also takes connection strings; pg_dump writes `-reuse-previous=on "dbname='shop'"`. */
function databaseIn(text: string): string | null {
  const [, named] = /\bdbname='?([^'"\s]+)/.exec(text) ?? []
  const [first = '-'] = argumentsOf(text)
  return named ?? (first === '-' ? null : first)
}
