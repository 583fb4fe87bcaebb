import { randomBytes } from 'node:crypto'
import type { BatchRows, Step } from './batch.js'
import { atLeast, type SessionResidue } from './session-residue.js'

/** How a session is made as good as new after a request. */
export interface SessionReset {
  readonly steps: readonly Step[]
  /** how they are sent: at the end of the request's own transaction, as a query of several statements, or one by one */
  readonly form: 'within' | 'query' | 'steps'
  /** removes every prepared statement, the server's own included */
  readonly dropsStatements: boolean
}

/**
 * The code that ran before may have taken any name of a prepared statement, so these are parsed each time, under no
 * name. It may also have set a search path, so functions are named in full.
 */
const step = (text: string): Step => ({ text, values: [], isUnnamed: true })
const utility = (text: string): Step => ({ ...step(text), ignoresRows: true })

const discardSequences = utility('DISCARD SEQUENCES')

const settingsAndObjects: readonly Step[] = [
  'RESET ALL',
  'SET SESSION AUTHORIZATION DEFAULT',
  'RESET ROLE',
  'CLOSE ALL',
  'UNLISTEN *',
].map(utility)

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
 */
export function sessionReset(residue: SessionResidue, prepared: number): SessionReset {
  if (residue === 'none') return { steps: [], form: 'within', dropsStatements: false }
  if (residue === 'sequences') return { steps: [discardSequences], form: 'within', dropsStatements: false }
  if (prepared > maximumChecked || atLeast(residue, 'plans')) {
    return { steps: [utility('DISCARD ALL'), unlockAndSeed()], form: 'steps', dropsStatements: true }
  }
  const steps = [...settingsAndObjects, discardTemporary, discardSequences, unlockAndSeed(), foreignStatements]
  return { steps, form: 'query', dropsStatements: false }
}

/** `setseed()` makes what `random()` gives next known, and no other command takes that back. */
function unlockAndSeed(): Step {
  const seed = randomBytes(4).readInt32LE() / 2 ** 31
  return utility(`SELECT pg_catalog.pg_advisory_unlock_all(), pg_catalog.setseed(${seed})`)
}

/**
 * What SQL's PREPARE made is not the server's: it may have taken the place, and the name, of a statement that is.
 * Statements of the server's are prepared by the protocol.
 */
const foreignStatements = step('SELECT FROM pg_catalog.pg_prepared_statement() AS s WHERE s.from_sql LIMIT 1')

/** @param rows of a batch that ends with the steps of `sessionReset` */
export function foundForeignStatement({ form }: SessionReset, rows: BatchRows): boolean {
  return form === 'query' && rows.at(-1)?.length !== 0
}

/** The reset between requests that share one transaction, at whose end the rest goes. */
export const resetWithinTransaction: readonly Step[] = [
  ...settingsAndObjects,
  discardTemporary,
  discardSequences,
  utility('DISCARD PLANS'),
]
