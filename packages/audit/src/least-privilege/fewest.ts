/**
 * The fewest of these that are needed together: with one less it does not hold any more (Junker's QuickXplain). Those in
 * front are preferred. What is asked must stay true when more is given.
 *
 * @param holds whether it holds with these; it must with all
 */
export function fewest<T>(items: readonly T[], holds: (chosen: readonly T[]) => boolean): readonly T[] {
  if (items.length === 0 || holds([])) return []
  return divide([], [], items)

  function divide(base: readonly T[], added: readonly T[], rest: readonly T[]): readonly T[] {
    if (added.length > 0 && holds(base)) return []
    if (rest.length === 1) return rest
    const half = Math.ceil(rest.length / 2)
    const [front, back] = [rest.slice(0, half), rest.slice(half)]
    const ofBack = divide([...base, ...front], front, back)
    const ofFront = divide([...base, ...ofBack], ofBack, front)
    return [...ofFront, ...ofBack]
  }
}
