import { type CompiledPlan, compile } from '../compile/compile.js'
import type { PlanOptions } from '../plan/context.js'
import type { Plan } from '../plan/plan.js'
import { type PlanRequest, planQuery } from '../plan/plan-query.js'
import { shapeOf } from '../plan/shape.js'
import { noNames, type VisibleNames } from '../plan/visible-names.js'
import type { Literal } from '../plan/walk-query.js'
import type { SessionResidue } from '../postgres/session-residue.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import { residueOf } from './residue.js'

/** A plan and its SQL, with the request's own literals. */
export interface Planned {
  readonly plan: Plan
  readonly compiled: CompiledPlan
  readonly literals: readonly Literal[]
  /** what it may leave in the session */
  readonly residue: SessionResidue
}

interface Entry {
  readonly plan: Plan
  readonly compiled: CompiledPlan
  readonly residue: SessionResidue
  /** by the cache's count of uses */
  lastUse: number
}

/** Characters of SQL, of one entry and of all: a plan takes some thirty times as much. */
const longestEntry = 20_000
const mostText = 4_000_000

/** Plans and statements by the shape of requests, for one schema cache. The least recently used ones go first. */
export class PlanCache {
  private readonly entries = new Map<string, Entry>()
  private text = 0
  private uses = 0

  constructor(
    private readonly cache: SchemaCache,
    private readonly options: Omit<PlanOptions, 'visible'>,
    private readonly maximum = 2000,
  ) {}

  /**
   * @param visible what hints may name; planning does not depend on it
   * @throws ApiError where the query cannot be planned
   */
  plan(request: PlanRequest, visible: VisibleNames = noNames): Planned {
    const { key, literals } = shapeOf(request)
    this.uses += 1
    const known = this.entries.get(key)
    if (known !== undefined) {
      known.lastUse = this.uses
      return { plan: known.plan, compiled: known.compiled, literals, residue: known.residue }
    }
    const entry = this.make(request, visible)
    this.keep(key, entry)
    return { plan: entry.plan, compiled: entry.compiled, literals, residue: entry.residue }
  }

  private keep(key: string, entry: Entry): void {
    const { length } = entry.compiled.main.text
    if (length > longestEntry) return
    this.entries.set(key, entry)
    this.text += length
    while (this.entries.size > this.maximum || this.text > mostText) this.dropOldest()
  }

  private make(request: PlanRequest, visible: VisibleNames): Entry {
    const plan = planQuery(request, this.cache, { ...this.options, visible })
    return { plan, compiled: compile(plan), residue: residueOf(plan, this.cache), lastUse: this.uses }
  }

  private dropOldest(): void {
    let oldest: [key: string, entry: Entry] | null = null
    for (const entry of this.entries) if (oldest === null || entry[1].lastUse < oldest[1].lastUse) oldest = entry
    if (oldest === null) return
    const [key, { compiled }] = oldest
    this.entries.delete(key)
    this.text -= compiled.main.text.length
  }
}
