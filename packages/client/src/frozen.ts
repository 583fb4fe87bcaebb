/** The same object, with all that is in it frozen. */
export function frozen<const T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}
