/** What `select` takes: columns, `*` for all that a row has, and columns under other names: `{ naam: 'name' }`. */
export type Column<F> = keyof F | '*' | Renamed<F>

export interface Renamed<F> {
  readonly [alias: string]: keyof F
}

/** What a list of columns selects of `F`. `R`: what `*` stands for. Columns that are chosen at run time are optional. */
export type Picked<F, R, C extends readonly unknown[]> = C[number] extends keyof F ? Named<F, C> : Flat<Mixed<F, R, C>>

/** Of a list of names. */
export type Named<F, C extends readonly unknown[]> =
  C[number] extends Sure<C>
    ? { [K in C[number] & keyof F]: F[K] }
    : { [K in Sure<C> & keyof F]: F[K] } & { [K in Exclude<C[number], Sure<C>> & keyof F]?: F[K] }

/** What a list has whatever is chosen at run time. */
type Sure<C extends readonly unknown[]> = number extends C['length']
  ? Sure<First<C>>
  : { [I in keyof C]: Single<C[I]> }[number]

/** One of several may be any of them. */
export type Single<K, All = K> = K extends unknown ? ([All] extends [K] ? K : never) : never

/** The beginning of a list, before what it may have any number of. */
type First<C extends readonly unknown[]> = C extends readonly [infer A, ...infer Rest]
  ? readonly [A, ...First<Rest>]
  : []

/** Of a list with aliases, or with `*`. */
type Mixed<F, R, C extends readonly unknown[]> =
  C[number] extends Sure<C>
    ? Parts<F, R, C[number]>
    : Parts<F, R, Sure<C>> & Partial<Parts<F, R, Exclude<C[number], Sure<C>>>>

/** `E`: names, `*` and aliases, all of which are there. */
type Parts<F, R, E> = ('*' extends E ? R : unknown) & { [K in Names<E> & keyof F]: F[K] } & Aliased<F, E & object>

/** The names among names and aliases. */
type Names<E> = E extends PropertyKey ? E : never

type Aliased<F, A> = {
  [K in KeyOf<A>]: A extends { readonly [P in K]: infer N extends keyof F } ? F[N] : never
}

/** The keys that any of several has. */
type KeyOf<A> = A extends unknown ? keyof A : never

/**
 * Refuses columns of which two would have one name in the row: `select('id', { id: 'title' })`. The same column may be said
 * twice. `R`: what `*` stands for.
 */
export type NamedOnce<R, C extends readonly unknown[]> = [Single<C[number] & object>] extends [never]
  ? Distinct<R, C>
  : [(KeyOf<C[number] & object> | '*') & Names<C[number]>] extends [never]
    ? unknown
    : Distinct<R, C>

/** Entry by entry: where there is more than one list of aliases, or a name that may be taken. */
type Distinct<R, C extends readonly unknown[]> = [Twice<R, C>] extends [never] ? unknown : readonly NameTaken[]

/** The names that two entries of a list give to different columns. `S`: columns by name, of the entries before. */
type Twice<R, C extends readonly unknown[], S = unknown> = C extends readonly [infer A, ...infer Rest]
  ? Clash<S, ByName<R, A>> | Twice<R, Rest, S & ByName<R, A>>
  : C extends readonly []
    ? never
    : Clash<S, ByName<R, C[number]>>

type ByName<R, E> = E extends '*' ? { [K in keyof R]: K } : E extends PropertyKey ? { [K in E]: K } : E

type Clash<A, B> = { [K in keyof A & keyof B]: [A[K], B[K]] extends [B[K], A[K]] ? never : K }[keyof A & keyof B]

/** What a second column of the same name would have to be: for the error that an editor shows. */
export interface NameTaken {
  readonly aColumnOfTheRowHasThisNameAlready_: never
}

/** A type with its intersections written out. */
export type Flat<O> = { [K in keyof O]: O[K] } & {}
