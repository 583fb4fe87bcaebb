/** `order_lines` → `OrderLines`. Letters and digits of ASCII only: type names are for reading, the real names are literals. */
export function pascalCase(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? []
  const text = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(text) ? text : `T${text}`
}

/** Plurals that no rule makes, and words that are the same in both. */
const irregular: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ people: 'person', children: 'child', men: 'man', women: 'woman', feet: 'foot', teeth: 'tooth' }),
  ...Object.entries({ mice: 'mouse', criteria: 'criterion', indices: 'index', matrices: 'matrix', vertices: 'vertex' }),
  ...Object.entries({
    shelves: 'shelf',
    leaves: 'leaf',
    halves: 'half',
    knives: 'knife',
    wives: 'wife',
    lives: 'life',
  }),
  ...Object.entries({ analyses: 'analysis', theses: 'thesis', aliases: 'alias', canvases: 'canvas', heroes: 'hero' }),
  ...Object.entries({ movies: 'movie', cookies: 'cookie', ties: 'tie', quizzes: 'quiz', lenses: 'lens' }),
  ...['series', 'species', 'news', 'alias', 'atlas', 'canvas', 'bias', 'gas', 'lens'].map(
    (word) => [word, word] as const,
  ),
])

/** `orders` → `order`: good enough for names that a person reads, and the same on every run. */
export function singular(name: string): string {
  const start = name.lastIndexOf('_') + 1
  const known = irregular.get(name.slice(start).toLowerCase())
  if (known !== undefined) return name.slice(0, start) + known
  if (/ies$/i.test(name) && name.length > 4) return `${name.slice(0, -3)}y`
  if (/(?:ss|tus|bus|pus|x|zz|ch|sh)es$/i.test(name)) return name.slice(0, -2)
  if (/[^siu]s$/i.test(name)) return name.slice(0, -1)
  return name
}

/** Gives out names, each once: a name that is taken gets a number. */
export class Names {
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
