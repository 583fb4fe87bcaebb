import { distance } from 'fastest-levenshtein'

/**
 * Names that are close to a mistyped one, for hints: candidates are found by the two and three letter pieces they share
 * and then ranked by edit distance.
 */

export interface Similar {
  readonly name: string
  /** 1: equal but for case and punctuation */
  readonly score: number
}

/** Score below which names are not alike. */
const minimum = 0.33

/** The best of `names`, or null. */
export function closest(names: readonly string[], wanted: string, minimumScore = minimum): string | null {
  return similarNames(names, wanted).find(({ score }) => score >= minimumScore)?.name ?? null
}

/** Best first. */
export function similarNames(names: readonly string[], wanted: string): Similar[] {
  const target = normal(wanted)
  const exact = names.find((name) => normal(name) === target)
  if (exact !== undefined) return [{ name: exact, score: 1 }]
  for (const size of [3, 2]) {
    const found = ranked(names, target, size)
    if (found.length > 0) return found
  }
  return []
}

function ranked(names: readonly string[], target: string, size: number): Similar[] {
  const wanted = gramCounts(target, size)
  return names
    .map((name) => ({ name, cosine: cosine(gramCounts(normal(name), size), wanted) }))
    .filter(({ cosine }) => cosine > 0)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, 50)
    .map(({ name }) => ({ name, score: closeness(normal(name), target) }))
    .filter(({ score }) => score >= minimum)
    .sort((a, b) => b.score - a.score)
}

function normal(name: string): string {
  return name.toLowerCase()
}

function gramCounts(text: string, size: number): Map<string, number> {
  const padded = `-${text.replace(/[^\p{L}\p{N}_, ]+/gu, '')}-`.padEnd(size, '-')
  const counts = new Map<string, number>()
  for (let start = 0; start + size <= padded.length; start += 1) {
    const gram = padded.slice(start, start + size)
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let product = 0
  for (const [gram, count] of a) product += count * (b.get(gram) ?? 0)
  return product / (length(a) * length(b))
}

function length(counts: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count * count
  return Math.sqrt(sum)
}

/** 1 less the part of the longer name that must be edited. */
function closeness(a: string, b: string): number {
  // At least the difference of their lengths is edited; how much more matters to nobody then.
  if (Math.min(a.length, b.length) < minimum * Math.max(a.length, b.length)) return 0
  return 1 - distance(a, b) / Math.max(a.length, b.length)
}
