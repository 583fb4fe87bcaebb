/** Counts the bytes that slow readers have yet to take, and says whether there is room for more. */
export class StreamMemory {
  private held = 0

  /** @param most bytes, as configured now */
  constructor(private readonly most: () => number) {}

  get heldBytes(): number {
    return this.held
  }

  /** Whether there is room; then they are counted until they are given back. */
  take(bytes: number): boolean {
    if (this.held + bytes > this.most()) return false
    this.held += bytes
    return true
  }

  give(bytes: number): void {
    this.held -= bytes
  }
}
