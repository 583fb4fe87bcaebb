/** A function by name; `schema` is null where none was given, and the search path finds it. */
export interface ObjectName {
  readonly schema: string | null
  readonly name: string
}
