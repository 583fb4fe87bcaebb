/**
 * Names as the URL grammar knows them: a bare name is made of letters, digits, `_`, `$` and inner spaces and dashes;
 * every other name stands in double quotes, with `\` before `"` and `\`.
 */

const letter = /^\p{L}$/u

/** Whether the character with this code point may stand in a bare name (dashes have rules of their own). */
export function isNameCharacter(code: number): boolean {
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      (code >= 65 && code <= 90) ||
      code === 32 ||
      code === 36
    )
  }
  return letter.test(String.fromCodePoint(code))
}
