/**
 * For what cannot be unless the program is wrong: two parts that must agree do not.
 * @throws Error
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken, please report it: ${message}`)
}
