/** A token of SQL or PL/pgSQL: words in lower case, quoted identifiers and literals without their quotes. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'literal' | 'symbol'
  readonly text: string
}

const pattern = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?\*/`,
    String.raw`(?<escaped>[eE]'(?:[^'\\]|\\[\s\S]|'')*')`,
    "(?<literal>'(?:[^']|'')*')",
    String.raw`(?<dollar>\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?\$\k<tag>\$)`,
    '(?<quoted>"(?:[^"]|"")*")',
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<number>\d[\d.eE]*)`,
    String.raw`(?<symbol>::|\|\||:=|->>|->|<>|!=|<=|>=|[^\s\w])`,
  ].join('|'),
  'gu',
)

/**
 * The tokens of a text ("Lexical Structure" in PostgreSQL's manual); comments and white space are left out. It never fails:
 * what cannot be read is passed over, as a judge of code must not stop at it.
 */
export function tokensOf(text: string): SqlToken[] {
  const tokens: SqlToken[] = []
  for (const { groups = {} } of text.matchAll(pattern)) {
    const { escaped, literal, dollar, tag = '', quoted, word, number, symbol } = groups
    if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.slice(1, -1).replaceAll('""', '"') })
    else if (literal !== undefined) tokens.push({ kind: 'literal', text: literal.slice(1, -1).replaceAll("''", "'") })
    else if (escaped !== undefined) tokens.push({ kind: 'literal', text: escaped.slice(2, -1).replaceAll("''", "'") })
    else if (dollar !== undefined) {
      tokens.push({ kind: 'literal', text: dollar.slice(tag.length + 2, -(tag.length + 2)) })
    } else if (number !== undefined) tokens.push({ kind: 'literal', text: number })
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol })
  }
  return tokens
}
