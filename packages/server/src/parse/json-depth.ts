const QUOTE = 34
const BACKSLASH = 92

/**
 * Whether arrays and objects of a JSON text stand in one another deeper than `most`: PostgreSQL's parser takes so many
 * as its stack has room for (some thousands), and what fails there would be its error, not the request's.
 * @param json UTF-8; what is no JSON has some answer
 */
export function isDeeper(json: Uint8Array, most: number): boolean {
  if (json.length <= most) return false
  let depth = 0
  for (let index = 0; index < json.length; index++) {
    const code = json[index] ?? 0
    if (code === QUOTE) index = endOfString(json, index)
    // [ and { differ in one bit, as ] and } do.
    else if ((code | 32) === 123) {
      depth += 1
      if (depth > most) return true
    } else if ((code | 32) === 125) depth -= 1
  }
  return false
}

/** The place of the quote that ends the string. */
export function endOfString(json: Uint8Array, start: number): number {
  let end = json.indexOf(QUOTE, start + 1)
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf(QUOTE, end + 1)
  return end < 0 ? json.length : end
}

function isEscaped(json: Uint8Array, index: number): boolean {
  let slashes = 0
  while (json[index - 1 - slashes] === BACKSLASH) slashes += 1
  return slashes % 2 === 1
}
