/** What begins the part of a migration that is run, and the part that takes it back: dbmate, goose, node-pg-migrate. */
const marks = [
  { up: /^--[ \t]*migrate:up\b.*$/im, down: /^--[ \t]*migrate:down\b.*$/im },
  { up: /^--[ \t]*\+goose[ \t]+up\b.*$/im, down: /^--[ \t]*\+goose[ \t]+down\b.*$/im },
  { up: /^--[ \t-]*up[ \t]+migration\b.*$/im, down: /^--[ \t-]*down[ \t]+migration\b.*$/im },
]

/** A file without the part of it that takes the rest back; its lines stay where they are. */
export function upSection(sql: string): string {
  for (const { up, down } of marks) {
    const begins = up.exec(sql)
    const ends = down.exec(sql)
    if (begins === null || ends === null) continue
    const [before, after] =
      ends.index > begins.index ? [sql.slice(0, ends.index), ''] : [sql.slice(0, ends.index), sql.slice(begins.index)]
    const dropped = sql.slice(before.length, sql.length - after.length)
    return before + dropped.replace(/[^\n]/g, ' ') + after
  }
  return sql
}
