/** A piece of an expression as PostgreSQL prints it. Key words are in capitals; names in capitals are quoted. */
export interface Token {
  readonly kind: 'string' | 'number' | 'word' | 'quoted' | 'operator' | 'mark'
  /** of strings and quoted names: what is in the quotes */
  readonly text: string
}

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['string', /'((?:[^']|'')*)'/y],
  ['quoted', /"((?:[^"]|"")+)"/y],
  ['number', /\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+/iy],
  ['word', /[\p{L}_][\p{L}\p{N}\p{M}_$]*/uy],
  ['mark', /::|[()[\],.]/y],
  ['operator', /[-+*/<>=~!@#%^&|`?]+/y],
]

/** The pieces of a text, or null where one of them has a form that no expression of PostgreSQL's has. */
export function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = []
  for (let position = 0; position < text.length; ) {
    const found = firstMatch(text, position)
    if (found === null) return null
    position += found.length
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: found.text })
  }
  return tokens
}

function firstMatch(text: string, position: number) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position
    const match = pattern.exec(text)
    if (match === null) continue
    const [whole, inner = whole] = match
    const quote = kind === 'string' ? "'" : kind === 'quoted' ? '"' : null
    return { kind, length: whole.length, text: quote === null ? whole : inner.replaceAll(quote + quote, quote) }
  }
  return null
}

/** PostgreSQL prints names bare only if they are in lower case. */
export const isKeyWord = ({ kind, text }: Token) => kind === 'word' && text !== text.toLowerCase()
