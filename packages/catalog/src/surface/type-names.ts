/** `order_lines` → `OrderLines`. Letters and digits of ASCII only: type names are for reading, the real names are literals. */
export function pascalCase(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? []
  const text = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(text) ? text : `T${text}`
}

/** Gives out names, each once: a name that is taken gets a number. */
export class TypeNames {
  readonly #used: Set<string>

  constructor(reserved: Iterable<string> = []) {
    this.#used = new Set(reserved)
  }

  has(name: string): boolean {
    return this.#used.has(name)
  }

  /** A name such that it, and it with each suffix, is free. */
  claim(wanted: string, suffixes: readonly string[] = ['']): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted}${number}`
      if (suffixes.some((suffix) => this.#used.has(name + suffix))) continue
      for (const suffix of suffixes) this.#used.add(name + suffix)
      return name
    }
  }
}
