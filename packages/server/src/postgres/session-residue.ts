/** What a request may leave in its session. Each kind includes the ones before it. */
export type SessionResidue = (typeof kinds)[number]

const kinds = [
  'none',
  /** last values of sequences, which `lastval()` and `currval()` tell: a column's default called `nextval()` */
  'sequences',
  /** anything that SQL can leave: settings, locks, temporary tables, cursors, channels, prepared statements */
  'code',
  /** plans that hold the answer of an IMMUTABLE function which depends on who asks */
  'plans',
  /** such an answer where PostgreSQL keeps it until the session ends: in a domain's CHECK */
  'session',
] as const

export function atLeast(residue: SessionResidue, other: SessionResidue): boolean {
  return kinds.indexOf(residue) >= kinds.indexOf(other)
}
