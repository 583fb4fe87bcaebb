/**
 * The parts of a condition that `AND` joins, as `pg_get_expr` prints it: in parentheses, `((a = 1) AND (b = 2))`. One
 * part: the condition itself.
 */
export function conjunctsOf(text: string): readonly string[] {
  const inner = isWhole(text) ? text.slice(1, -1) : text
  const parts: string[] = []
  let from = 0
  for (const [at, depth] of plainCharacters(inner)) {
    if (depth !== 0 || !inner.startsWith(' AND ', at)) continue
    parts.push(inner.slice(from, at))
    from = at + ' AND '.length
  }
  return parts.length === 0 ? [text] : [...parts, inner.slice(from)]
}

/** Whether its first parenthesis is closed by its last. */
function isWhole(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false
  for (const [at, depth] of plainCharacters(text)) if (depth === 0 && at > 0 && at < text.length - 1) return false
  return true
}

/** The places outside of quotes, with how many parentheses are open after the character there. */
function* plainCharacters(text: string): Generator<readonly [at: number, depth: number]> {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === "'" || character === '"') {
      const isEscaped = character === "'" && text[at - 1] === 'E'
      for (at += 1; at < text.length && text[at] !== character; at += 1) if (isEscaped && text[at] === '\\') at += 1
      continue
    }
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    yield [at, depth]
  }
}
