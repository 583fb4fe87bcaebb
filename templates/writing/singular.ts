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
