import { type CompiledPlan, compile } from '../compile/compile.js'
import { Lru } from '../lru.js'
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
}

/** Characters of SQL, of one entry and of all: a plan takes some thirty times as much. */
const maximumEntry = 20_000
const maximumText = 4_000_000

/** Plans and statements by the shape of requests, for one schema cache. The least recently used ones go first. */
export class PlanCache {
  private readonly entries: Lru<string, Entry>

  constructor(
    private readonly cache: SchemaCache,
    private readonly options: Omit<PlanOptions, 'visible'>,
    maximum = 2000,
  ) {
    this.entries = new Lru({ entries: maximum, weight: maximumText }, ({ compiled }) => compiled.main.text.length)
  }

  /**
   * @param visible what hints may name; planning does not depend on it
   * @throws ApiError where the query cannot be planned
   */
  plan(request: PlanRequest, visible: VisibleNames = noNames): Planned {
    const { key, literals } = shapeOf(request)
    const known = this.entries.get(key)
    if (known !== undefined) return { ...known, literals }
    const entry = this.make(request, visible)
    if (entry.compiled.main.text.length <= maximumEntry) this.entries.set(key, entry)
    return { ...entry, literals }
  }

  private make(request: PlanRequest, visible: VisibleNames): Entry {
    const plan = planQuery(request, this.cache, { ...this.options, visible })
    return { plan, compiled: compile(plan), residue: residueOf(plan, this.cache) }
  }
}
