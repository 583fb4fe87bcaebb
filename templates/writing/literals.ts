import { memoize } from './memoize.js'

/**
 * What must not stand in source text as it is: control characters, line separators, and characters that hide or
 * reorder what a reader sees (zero-width, bidirectional, byte order mark).
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu
const identifier = /^[A-Za-z_$][\w$]*$/

/** The only way text of a database gets into code: a string literal, whatever the text is. */
export const literal = memoize((text: string): string => {
  // JSON.stringify escapes backslashes, line breaks and lone surrogates
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(unprintable, (character) =>
      [...Array(character.length).keys()]
        .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
        .join(''),
    )
  return `'${body}'`
})

/** A key in an interface or a type. */
export function typeKey(name: string): string {
  return identifier.test(name) ? name : literal(name)
}

/** A key in an object literal, where a plain `__proto__` would set the prototype. */
export function objectKey(name: string): string {
  return name === '__proto__' ? "['__proto__']" : typeKey(name)
}
