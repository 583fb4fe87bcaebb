/** The key that was probably meant: the one with the fewest differing letters, at most a third of them. */
export function closestKey(wanted: string, keys: readonly string[]): string | null {
  let best: string | null = null
  let least = Math.floor(wanted.length / 3) + 1
  for (const key of keys) {
    const distance = key.endsWith(`-${wanted}`) || wanted.endsWith(`-${key}`) ? 1 : editDistance(wanted, key)
    if (distance < least) {
      best = key
      least = distance
    }
  }
  return best
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
