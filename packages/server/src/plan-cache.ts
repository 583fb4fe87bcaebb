import { type CompiledPlan, compile } from './compile/compile.js'
import type { PlanOptions } from './plan/context.js'
import type { Plan } from './plan/plan.js'
import { type PlanRequest, planQuery } from './plan/plan-query.js'
import { type Literal, shapeOf } from './plan/shape.js'
import { noNames, type VisibleNames } from './plan/visible-names.js'
import type { SchemaCache } from './schema-cache/schema-cache.js'

/** A plan and its SQL, with the request's own literals. */
export interface Planned {
  readonly plan: Plan
  readonly compiled: CompiledPlan
  readonly literals: readonly Literal[]
}

interface Entry {
  readonly plan: Plan
  readonly compiled: CompiledPlan
}

/** Plans and statements by the shape of requests, for one schema cache. The least recently used ones go first. */
export class PlanCache {
  private readonly entries = new Map<string, Entry>()

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
    const { key, literals } = shapeOf(request.query, request.payload, request.schema)
    const known = this.entries.get(key)
    const { plan, compiled } = known ?? this.make(request, visible)
    if (known !== undefined) this.entries.delete(key)
    this.entries.set(key, { plan, compiled })
    if (this.entries.size > this.maximum) this.dropOldest()
    return { plan, compiled, literals }
  }

  private make(request: PlanRequest, visible: VisibleNames): Entry {
    const plan = planQuery(request, this.cache, { ...this.options, visible })
    return { plan, compiled: compile(plan) }
  }

  private dropOldest(): void {
    const [oldest] = this.entries.keys()
    if (oldest !== undefined) this.entries.delete(oldest)
  }
}
