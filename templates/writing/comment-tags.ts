const notNull = /^\s*@notnull\b/m

/** Whether a comment says that a column, or what a function returns, is never null: in a line that begins with `@notnull`. */
export function saysNotNull(comment: string | null): boolean {
  return comment !== null && notNull.test(comment)
}

/** A comment without what it says to rolecast. */
export function withoutTags(comment: string | null): string | null {
  return comment?.includes('@notnull') ? comment.replace(/^\s*@notnull\b/gm, '') : comment
}
