/** Every name and constant of a statement passes through here: what comes from a request or a database is hostile. */

/** PostgreSQL cuts longer names off, so two of them could become one. */
const maximumBytes = 63

/** An identifier, always in quotes. NUL cannot stand in SQL text at all, and no object can be called so. */
export function identifier(name: string): string {
  return `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`
}

export function qualified(schema: string, name: string): string {
  return `${identifier(schema)}.${identifier(name)}`
}

/** A string constant. Written as an escape string where it has a backslash, so that the server's settings do not matter. */
export function literal(text: string): string {
  const escaped = text.replaceAll('\0', '').replaceAll("'", "''")
  return escaped.includes('\\') ? `E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`
}

/** `name` and `suffix` as one identifier that PostgreSQL does not cut off: `name` is shortened instead. */
export function aliasName(name: string, suffix: string): string {
  let base = name
  while (Buffer.byteLength(base) + Buffer.byteLength(suffix) > maximumBytes) base = [...base].slice(0, -1).join('')
  return base + suffix
}

const bareType = /^[\p{L}_][\p{L}\p{N}_$]*(?:[ .][\p{L}_][\p{L}\p{N}_$]*)*(?:\[\])*$/u

/**
 * The type name of a cast in a request. Names of SQL like `double precision` and `int` mean nothing in quotes, so what
 * consists of bare words stays as it is; everything else is quoted and is then the name of a type or of none.
 */
export function typeName(name: string): string {
  return bareType.test(name) ? name : identifier(name)
}
