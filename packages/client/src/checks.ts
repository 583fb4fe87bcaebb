/** @throws TypeError, which names an argument and what it is, where it says nothing or nothing known */
export function refuse(name: string, value: unknown): never {
  throw new TypeError(`${name} is ${String(value)}, which it cannot be`)
}

/** A number of rows. @throws TypeError for what is none: NaN, a fraction, a negative or infinite number */
export function countOf(name: string, value: number, least = 0): number {
  return Number.isSafeInteger(value) && value >= least ? value : refuse(name, value)
}

/** A word that goes into a request. @throws TypeError for one that is not among the `words`, which `|` separates */
export function wordOf<T extends string>(name: string, value: T, words: string): T {
  return words.split('|').includes(value) ? value : refuse(name, value)
}

/** @throws TypeError where there is nothing in it */
export function notEmpty<T>(name: string, list: readonly T[]): readonly T[] {
  return list[0] === undefined ? refuse(name, 'empty') : list
}

/** Whether it is a bag of keys, and not a value such as a Date. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!value || typeof value !== 'object') return false
  const prototype = Object.getPrototypeOf(value)
  return !prototype || !Object.getPrototypeOf(prototype)
}
