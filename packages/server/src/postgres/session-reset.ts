import { randomBytes } from 'node:crypto'
import type { BatchRows, Step } from './batch.js'
import { atLeast, type SessionResidue } from './session-residue.js'

/** How a session is made as good as new after a request. */
export interface SessionReset {
  readonly steps: readonly Step[]
  /** may stand at the end of the request's own transaction, if that one only reads */
  readonly fitsInTransaction: boolean
  /** removes every prepared statement, the server's own included */
  readonly dropsStatements: boolean
}

/**
 * The code that ran before may have taken any name of a prepared statement, so these are parsed each time, under no
 * name. It may also have set a search path, so functions are named in full.
 */
const step = (text: string, values: string[] = []): Step => ({ text, values, isUnnamed: true })
const utility = (text: string): Step => ({ ...step(text), ignoresRows: true })

const discardSequences = utility('DISCARD SEQUENCES')

const settingsAndObjects: readonly Step[] = [
  'RESET ALL',
  'SET SESSION AUTHORIZATION DEFAULT',
  'RESET ROLE',
  'CLOSE ALL',
  'UNLISTEN *',
].map(utility)

/** Transactions that only read make no temporary tables. */
const discardTemporary = utility('DISCARD TEMP')

/**
 * To look through the prepared statements takes PostgreSQL some 3 µs for each: beyond this many it is quicker to drop
 * them all and to prepare again what is used.
 */
export const maximumChecked = 40

/**
 * What removes this residue.
 *
 * @param prepared how many statements the server has prepared in the session
 * @param onlyReads the request's transaction wrote nothing
 */
export function sessionReset(residue: SessionResidue, prepared: number, onlyReads: boolean): SessionReset {
  if (residue === 'none') return { steps: [], fitsInTransaction: true, dropsStatements: false }
  if (residue === 'sequences') return { steps: [discardSequences], fitsInTransaction: true, dropsStatements: false }
  if (prepared > maximumChecked || atLeast(residue, 'plans')) {
    return { steps: [utility('DISCARD ALL'), seed()], fitsInTransaction: false, dropsStatements: true }
  }
  const steps = [...settingsAndObjects, ...(onlyReads ? [] : [discardTemporary]), discardSequences, unlockAndCheck()]
  return { steps, fitsInTransaction: onlyReads, dropsStatements: false }
}

/**
 * What SQL's PREPARE made is not the server's: it may have taken the place, and the name, of a statement that is.
 * Statements of the server's are prepared by the protocol.
 */
function unlockAndCheck(): Step {
  return step(
    `SELECT EXISTS (SELECT FROM pg_catalog.pg_prepared_statement() AS s WHERE s.from_sql),
     pg_catalog.pg_advisory_unlock_all(), pg_catalog.setseed($1)`,
    [randomSeed()],
  )
}

/** `setseed()` makes what `random()` gives next known, and no other command takes that back. */
function seed(): Step {
  return step('SELECT pg_catalog.setseed($1)', [randomSeed()])
}

const randomSeed = () => String(randomBytes(4).readInt32LE() / 2 ** 31)

/** @param rows of a batch that ends with the steps of `sessionReset` */
export function foundForeignStatement({ dropsStatements }: SessionReset, rows: BatchRows): boolean {
  return !dropsStatements && rows.at(-1)?.[0]?.[0] === 't'
}

/** The reset between requests that share one transaction, at whose end the rest goes. */
export const resetWithinTransaction: readonly Step[] = [
  ...settingsAndObjects,
  discardTemporary,
  discardSequences,
  utility('DISCARD PLANS'),
]
