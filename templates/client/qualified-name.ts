import type { QualifiedName } from '@rolecast/catalog'

const part = /"((?:[^"]|"")*)"|([^".]+)/g

/** Schema and name of `api.orders` or `api."Order Lines"`, unquoted. */
export function parseQualifiedName(text: QualifiedName): readonly [schema: string, name: string] {
  const [schema = '', name = ''] = [...text.matchAll(part)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/""/g, '"'),
  )
  return [schema, name]
}

/** A key for maps: no two names share one. */
export function nameKey(schema: string, name: string): string {
  return `${schema}\0${name}`
}
