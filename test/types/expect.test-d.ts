/** Compile-time tests: `is<Equal<A, B>>()` does not compile unless the types are the same. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** A type with its Picks and intersections written out, all the way down. */
export type Flat<T> = T extends (infer U)[] ? Flat<U>[] : T extends object ? { [K in keyof T]: Flat<T[K]> } : T

export function is<_ extends true>(): void {}
