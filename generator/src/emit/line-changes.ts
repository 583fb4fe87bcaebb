/** Lines that a new text has and an old one has not, and the other way round. */
export interface LineChanges {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/**
 * What changed, as a reader wants to hear of it: a line that only moved is none. Linear in both texts, whatever they are.
 */
export function lineChanges(before: string, after: string): LineChanges {
  return { added: linesOnlyIn(after, before), removed: linesOnlyIn(before, after) }
}

function linesOnlyIn(text: string, other: string): string[] {
  const there = new Map<string, number>()
  for (const line of other.split('\n')) there.set(line, (there.get(line) ?? 0) + 1)
  return text.split('\n').filter((line) => {
    const left = there.get(line) ?? 0
    there.set(line, left - 1)
    return left < 1 && line.trim() !== ''
  })
}
