/** A statement that a session keeps under a name. */
export interface Prepared {
  readonly name: string
  readonly role: string
  readonly text: string
  /** by the count of all uses */
  lastUse: number
}

/** What a session has prepared, by role and text: in maps of maps, since to join the two costs every request. */
export class PreparedStatements {
  private readonly byRole = new Map<string, Map<string, Prepared>>()
  private uses = 0
  /** statements, and characters of all their texts */
  size = 0
  length = 0

  /** What is known is used by this. */
  find(role: string, text: string): Prepared | undefined {
    const known = this.byRole.get(role)?.get(text)
    this.uses += 1
    if (known !== undefined) known.lastUse = this.uses
    return known
  }

  add(name: string, role: string, text: string): Prepared {
    this.uses += 1
    const prepared: Prepared = { name, role, text, lastUse: this.uses }
    const ofRole = this.byRole.get(role) ?? new Map<string, Prepared>()
    this.byRole.set(role, ofRole.set(text, prepared))
    this.size += 1
    this.length += text.length
    return prepared
  }

  delete({ role, text }: Prepared): void {
    const ofRole = this.byRole.get(role)
    if (ofRole?.delete(text) !== true) return
    if (ofRole.size === 0) this.byRole.delete(role)
    this.size -= 1
    this.length -= text.length
  }

  clear(): void {
    this.byRole.clear()
    this.size = 0
    this.length = 0
  }

  leastRecentlyUsed(): Prepared | null {
    let oldest: Prepared | null = null
    for (const ofRole of this.byRole.values()) {
      for (const prepared of ofRole.values())
        if (oldest === null || prepared.lastUse < oldest.lastUse) oldest = prepared
    }
    return oldest
  }
}
