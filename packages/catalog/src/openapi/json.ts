/** A part of a document. */
export type Json = { readonly [key: string]: unknown }

/** An object with these entries: any key is one of its own, `__proto__` too. */
export function object(entries: Iterable<readonly [key: string, value: unknown]>): Json {
  return Object.fromEntries(entries)
}

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu

/** JSON in which nothing hides or reorders what a reader sees. */
export function printJson(value: unknown): string {
  return `${visible(JSON.stringify(value, null, 1))}\n`
}

/** Source text whose string literals say with escapes what cannot be seen. */
export function visible(text: string): string {
  return text.replace(unprintable, (character) => (character === '\n' ? character : escapeCharacter(character)))
}

const escapeCharacter = (character: string) =>
  [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('')

/** Text of the database for people: one paragraph or several, without what a tool could take for markup. */
export function description(text: string | null): Json {
  const said = (text ?? '')
    .replace(/^\s*@.*$/gm, '')
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{C}\n]|[\u2028\u2029]/gu, '\uFFFD')
    .replaceAll('*/', '* /')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '&#64;')
    .trim()
  return said === '' || said === 'standard public schema' ? {} : { description: said.slice(0, 4000) }
}
