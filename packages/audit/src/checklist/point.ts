import type { AuditContext } from '../context.js'
import type { Finding } from '../finding.js'

/** pass, fail: decided by evidence. manual: people must look, and the evidence says at what. */
export type PointState = 'pass' | 'fail' | 'manual'

/** A point of the checklist, in the form that `rolecast checklist --json` prints. */
export interface ChecklistPoint {
  readonly title: string
  readonly state: PointState
  readonly evidence: string
}

/** What points are judged by. */
export interface ChecklistContext {
  readonly audit: AuditContext
  /** of the whole audit */
  readonly findings: readonly Finding[]
}

/** One point of the checklist, in a file of its own under `points/`. Pure. */
export interface Point {
  readonly title: string
  judge(context: ChecklistContext): Omit<ChecklistPoint, 'title'>
}

export const pass = (evidence: string): Omit<ChecklistPoint, 'title'> => ({ state: 'pass', evidence })
export const fail = (evidence: string): Omit<ChecklistPoint, 'title'> => ({ state: 'fail', evidence })
export const manual = (evidence: string): Omit<ChecklistPoint, 'title'> => ({ state: 'manual', evidence })
