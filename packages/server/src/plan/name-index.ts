import { distance } from 'fastest-levenshtein'

/** A name among those that an index was made of. */
export interface Similar {
  readonly name: string
  /** 1: equal but for case and punctuation */
  readonly score: number
}

/** Score below which names are not alike. */
const minimum = 0.33
/** Candidates whose edit distance is computed. */
const maxCandidates = 50

/**
 * Names that are close to a mistyped one, for hints: candidates are found by the two and three letter pieces that they
 * share, and then ranked by edit distance. The pieces of the names are looked up, not computed, with each question.
 */
export class NameIndex<Key> {
  private readonly normal: readonly string[]
  private readonly longest: number
  private readonly pieces = new Map<number, PieceIndex>()

  /** @param names each with what it is the name of */
  constructor(private readonly names: readonly (readonly [name: string, key: Key])[]) {
    this.normal = names.map(([name]) => normalOf(name))
    this.longest = this.normal.reduce((longest, { length }) => Math.max(longest, length), 0)
  }

  /** The best of them that may be told, or null. */
  closest(wanted: string, mayBeTold: (key: Key) => boolean, minimumScore = minimum): string | null {
    return this.similar(wanted, mayBeTold).find(({ score }) => score >= minimumScore)?.name ?? null
  }

  /** Best first. */
  similar(wanted: string, mayBeTold: (key: Key) => boolean): Similar[] {
    // Of a much longer name more would have to be edited than can be alike.
    if (wanted.length * minimum > this.longest) return []
    const target = normalOf(wanted)
    const allowed = (id: number) => {
      const entry = this.names[id]
      return entry !== undefined && mayBeTold(entry[1])
    }
    const exact = this.normal.findIndex((name, id) => name === target && allowed(id))
    if (exact >= 0) return [{ name: this.nameOf(exact), score: 1 }]
    for (const size of [3, 2]) {
      const found = this.ranked(target, size, allowed)
      if (found.length > 0) return found
    }
    return []
  }

  private ranked(target: string, size: number, allowed: (id: number) => boolean): Similar[] {
    const pieces = this.pieces.get(size) ?? new PieceIndex(this.normal, size)
    this.pieces.set(size, pieces)
    return pieces
      .nearest(target, allowed)
      .map((id) => ({ name: this.nameOf(id), score: closeness(this.normal[id] ?? '', target) }))
      .filter(({ score }) => score >= minimum)
      .sort((a, b) => b.score - a.score)
  }

  private nameOf(id: number): string {
    return this.names[id]?.[0] ?? ''
  }
}

/** Which names have which pieces of one size. */
class PieceIndex {
  private readonly having = new Map<string, number[]>()
  /** of the vectors of counts */
  private readonly lengths: number[] = []
  private readonly products: Float64Array

  constructor(
    names: readonly string[],
    private readonly size: number,
  ) {
    this.products = new Float64Array(names.length)
    names.forEach((name, id) => {
      const counts = pieceCounts(name, size)
      this.lengths.push(lengthOf(counts))
      for (const [piece, count] of counts) {
        const having = this.having.get(piece) ?? []
        // an id stands there as often as its name has the piece
        for (let times = 0; times < count; times += 1) having.push(id)
        this.having.set(piece, having)
      }
    })
  }

  /** The names whose pieces are most alike (by their cosine), the most alike first. */
  nearest(target: string, allowed: (id: number) => boolean): number[] {
    const { products, lengths } = this
    products.fill(0)
    for (const [piece, count] of pieceCounts(target, this.size)) {
      for (const id of this.having.get(piece) ?? []) products[id] = (products[id] ?? 0) + count
    }
    const best: { id: number; cosine: number }[] = []
    for (let id = 0; id < products.length; id += 1) {
      const product = products[id] ?? 0
      if (product === 0) continue
      const cosine = product / (lengths[id] ?? 1)
      const last = best.length === maxCandidates ? best[maxCandidates - 1] : undefined
      if ((last !== undefined && cosine <= last.cosine) || !allowed(id)) continue
      let at = best.length
      while (at > 0 && (best[at - 1]?.cosine ?? 0) < cosine) at -= 1
      best.splice(at, 0, { id, cosine })
      best.length = Math.min(best.length, maxCandidates)
    }
    return best.map(({ id }) => id)
  }
}

function normalOf(name: string): string {
  return name.toLowerCase()
}

function pieceCounts(text: string, size: number): Map<string, number> {
  const padded = `-${text.replace(/[^\p{L}\p{N}_, ]+/gu, '')}-`.padEnd(size, '-')
  const counts = new Map<string, number>()
  for (let start = 0; start + size <= padded.length; start += 1) {
    const piece = padded.slice(start, start + size)
    counts.set(piece, (counts.get(piece) ?? 0) + 1)
  }
  return counts
}

function lengthOf(counts: ReadonlyMap<string, number>): number {
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
