import { distance } from 'fastest-levenshtein'

/**
 * The known name that `wanted` is probably a slip for: at most a third of the letters differ, or one is the beginning
 * or the end of the other.
 */
export function closestName(wanted: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const name of known) {
    const [a, b] = [wanted.toLowerCase(), name.toLowerCase()]
    const tolerated = Math.max(1, Math.floor(Math.max(a.length, b.length) / 3))
    const differing = isPart(a, b) || isPart(b, a) ? 1 : distance(a, b)
    if (differing <= tolerated && differing < least) [best, least] = [name, differing]
  }
  return best
}

const isPart = (part: string, whole: string): boolean =>
  part.length > 2 && (whole.startsWith(part) || whole.endsWith(part))
