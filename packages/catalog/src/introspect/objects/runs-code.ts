import type { RoutineRow } from './rows.js'

/**
 * Whether a function runs code that somebody wrote for the database, or changes what its session holds. PostgreSQL's own
 * functions change the session only where they are volatile.
 */
export function runsCode({ isBuiltIn, name, volatility }: RoutineRow): boolean {
  return !isBuiltIn || runsQueries.test(name) || (volatility === 'v' && !harmless.has(name))
}

/** They read relations, views with functions in them included, or make a value of a type, that their arguments name. */
const runsQueries = /^(?:(?:table|schema|database|query|cursor)_to_xml|pg_input_)/

/** Volatile, since each call gives another value. What `nextval` leaves in the session is told by `CodeUses.advances`. */
const harmless: ReadonlySet<string> = new Set([
  'clock_timestamp',
  'gen_random_uuid',
  'nextval',
  'random',
  'random_normal',
  'timeofday',
  'uuidv4',
  'uuidv7',
])
