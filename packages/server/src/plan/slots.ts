import { invariant } from '../invariant.js'
import type { Slot } from './plan.js'
import { type Literal, type LiteralPart, type QueryListener, type WalkedRequest, walkRequest } from './walk-query.js'

/** Where a request's literals are in `shapeOf(request).literals`: both come of the same walk. */
export interface Slots {
  /** @throws Error where the owner has no such literal */
  of(owner: object, part: LiteralPart): Slot
  /** null where the owner has no such literal */
  find(owner: object, part: LiteralPart): Slot | null
}

export function slotsOf(request: WalkedRequest): Slots {
  const slots = new SlotListener()
  walkRequest(request, slots)
  return slots
}

class SlotListener implements QueryListener, Slots {
  private next = 0
  private readonly slots = new Map<object, Map<LiteralPart, Slot>>()

  structure(): void {}

  literal(_: Literal, owner: object, part: LiteralPart): void {
    const parts = this.slots.get(owner) ?? new Map<LiteralPart, Slot>()
    this.slots.set(owner, parts.set(part, this.next))
    this.next += 1
  }

  of(owner: object, part: LiteralPart): Slot {
    const slot = this.find(owner, part)
    invariant(slot !== null, `a plan asks for the ${part} of what has none`)
    return slot
  }

  find(owner: object, part: LiteralPart): Slot | null {
    return this.slots.get(owner)?.get(part) ?? null
  }
}
