import { quoteIdentifier } from '@rolecast/catalog'

/** A text constant of SQL. */
export function sqlText(value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`
  return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

export const sqlValue = (value: string | null): string => (value === null ? 'NULL' : sqlText(value))

/** `a = 'x' AND b IS NULL` */
export function sqlCondition(values: Readonly<Record<string, string | null>>): string {
  return Object.entries(values)
    .map(([name, value]) =>
      value === null ? `${quoteIdentifier(name)} IS NULL` : `${quoteIdentifier(name)} = ${sqlText(value)}`,
    )
    .join(' AND ')
}

export const sqlNames = (names: readonly string[]): string => names.map(quoteIdentifier).join(', ')
