/** What must not be looked into, then the three ways to name a variable ("SQL Interpolation" in psql's manual). */
const pattern =
  /--[^\n]*|\/\*[\s\S]*?\*\/|(?<tag>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[\s\S]*?\k<tag>|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<!:):(?:'(?<literal>\w+)'|"(?<identifier>\w+)"|(?<plain>\w+))/gu

/** A statement with the variables of `\set` put in: `:name`, `:'name'` and `:"name"`. Those that are not set stay. */
export function interpolated(text: string, variables: ReadonlyMap<string, string>): string {
  if (variables.size === 0) return text
  return text.replace(pattern, (found, ...rest) => {
    const { literal, identifier, plain } = rest.at(-1) as Record<string, string | undefined>
    const value = variables.get(literal ?? identifier ?? plain ?? '')
    if (value === undefined) return found
    if (literal !== undefined) return `'${value.replaceAll("'", "''")}'`
    return identifier === undefined ? value : `"${value.replaceAll('"', '""')}"`
  })
}
