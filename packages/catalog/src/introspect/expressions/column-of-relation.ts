/** A column by object ids: its relation's `pg_class.oid`, and its `attnum`. */
export interface ColumnOfRelation {
  readonly relation: number
  readonly attribute: number
}
