const maximumEntries = 20_000

/**
 * A pure function of a text that remembers its answers: schemas say the same few things of thousands of columns, and
 * every role says them again. Forgets all when it knows too many.
 */
export function memoize<R>(compute: (text: string) => R): (text: string) => R {
  const known = new Map<string, R>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= maximumEntries) known.clear()
    const result = compute(text)
    known.set(text, result)
    return result
  }
}
