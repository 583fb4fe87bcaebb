/** On one line, and without what would steer a terminal: names and comments of a database may have any character in them. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

/** JSON that cannot steer a terminal: what `printable` would replace is escaped, so it stays the same JSON. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escapedUnits))
    .join('\n')
}

function escapedUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
