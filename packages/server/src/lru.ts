/**
 * A cache that forgets what was used least recently, once there are too many entries or they weigh too much together.
 * A Map keeps the order of insertion, so an entry that is used is put at its end.
 */
export class Lru<Key, Value> {
  private readonly entries = new Map<Key, Value>()
  private weight = 0

  /**
   * @param most.entries how many it holds
   * @param most.weight how much they weigh together; unless given, all weigh nothing
   */
  constructor(
    private readonly most: { readonly entries: number; readonly weight?: number },
    private readonly weightOf: (value: Value) => number = () => 0,
  ) {}

  get(key: Key): Value | undefined {
    const value = this.entries.get(key)
    if (value === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, value)
    return value
  }

  set(key: Key, value: Value): void {
    this.delete(key)
    this.entries.set(key, value)
    this.weight += this.weightOf(value)
    const { entries, weight = Number.POSITIVE_INFINITY } = this.most
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= entries && this.weight <= weight) return
      this.delete(oldest)
    }
  }

  /** @param ifStill leave it where another value has come in the meantime */
  delete(key: Key, ifStill?: Value): void {
    const value = this.entries.get(key)
    if (value === undefined || (ifStill !== undefined && value !== ifStill)) return
    this.entries.delete(key)
    this.weight -= this.weightOf(value)
  }
}
