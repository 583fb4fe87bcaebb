/**
 * A text that fits a regular expression of the common kind: literals, classes, groups, alternatives, repetitions. It is a
 * guess, to be tried: what it does not know it leaves out.
 *
 * @param letter what stands for a character that may be any
 */
export function sampleOf(pattern: string, letter: string): string {
  let at = 0

  function alternatives(): string {
    let sample = sequence()
    while (pattern[at] === '|') {
      at += 1
      const other = sequence()
      sample ||= other
    }
    return sample
  }

  function sequence(): string {
    let text = ''
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') text += repeated(atom())
    return text
  }

  function repeated(item: string): string {
    const [all = '', least, exact] = /^(?:\{(\d+)(?:,\d*)?\}|([*+?]))\??/.exec(pattern.slice(at)) ?? []
    at += all.length
    if (least !== undefined) return item.repeat(Math.min(Number(least), 200))
    return exact === '*' || exact === '?' ? '' : item
  }

  function atom(): string {
    const character = pattern[at] ?? ''
    at += 1
    if (character === '^' || character === '$') return ''
    if (character === '.') return letter
    if (character === '\\') return escaped()
    if (character === '[') return fromClass()
    if (character !== '(') return character
    const [prefix = ''] = /^\?(?:[:=!]|<[=!])/.exec(pattern.slice(at)) ?? []
    at += prefix.length
    const inner = alternatives()
    at += 1
    return prefix === '' || prefix === '?:' ? inner : ''
  }

  function escaped(): string {
    const character = pattern[at] ?? ''
    at += 1
    if (character === 'd') return '1'
    if (character === 'w' || character === 'S' || character === 'D') return letter
    if (character === 's') return ' '
    return /[AZmMyYbB]/.test(character) ? '' : character
  }

  function fromClass(): string {
    const start = at
    if (pattern[at] === '^') at += 1
    if (pattern[at] === ']') at += 1
    while (at < pattern.length && pattern[at] !== ']')
      at += pattern.startsWith('[:', at) ? pattern.indexOf(':]', at) - at + 2 : 1
    const source = pattern.slice(start, at)
    at += 1
    const fits = matcherOf(source)
    return [letter, letter.toUpperCase(), '1', '-', '_', ' ', '.', '/', '@', ...source].find(fits) ?? ''
  }

  return alternatives()
}

function matcherOf(source: string): (character: string) => boolean {
  const translated = source
    .replaceAll('[:alpha:]', 'A-Za-z')
    .replaceAll('[:alnum:]', 'A-Za-z0-9')
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:lower:]', 'a-z')
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:space:]', '\\s')
    .replace(/(?<!\\)\[/g, '\\[')
  try {
    const expression = new RegExp(`^[${translated}]$`)
    return (character) => expression.test(character)
  } catch {
    return () => false // a class that only PostgreSQL knows
  }
}
