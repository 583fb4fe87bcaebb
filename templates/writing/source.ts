/**
 * A piece of source text, and the names in it that have to be imported. Whoever writes such a name says so here: the
 * text itself is never searched, since comments and strings of a database may have any word in them.
 */
export interface Source {
  readonly text: string
  /** names to import; one may stand here more than once */
  readonly uses: readonly string[]
}

const nothing: readonly string[] = []

/** A name that has to be imported. */
export function imported(name: string): Source {
  return { text: name, uses: [name] }
}

/** A piece of source text from texts and pieces: source`${imported('Filter')}<${type}>` */
export function source(strings: TemplateStringsArray, ...parts: readonly (string | Source)[]): Source {
  let text = strings[0] ?? ''
  let uses = nothing
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? ''
    if (typeof part === 'string') text += part
    else {
      text += part.text
      if (part.uses.length > 0) uses = uses.length === 0 ? part.uses : [...uses, ...part.uses]
    }
    text += strings[index + 1] ?? ''
  }
  return { text, uses }
}

/** Pieces one after the other. */
export function join(pieces: readonly (string | Source)[], separator = ''): Source {
  let uses: Set<string> | undefined
  const texts = pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    if (piece.uses.length > 0) uses ??= new Set()
    for (const name of piece.uses) uses?.add(name)
    return piece.text
  })
  return { text: texts.join(separator), uses: uses === undefined ? nothing : [...uses] }
}
