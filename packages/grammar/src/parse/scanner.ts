import { isNameCharacter } from '../name.js'
import { mismatch } from './grammar-error.js'

const BLANK = 32
const TAB = 9
const QUOTE = 34
const BACKSLASH = 92
const DASH = 45
const GREATER = 62

/** A text and a place in it. Every method moves forward only, so scanning is linear. */
export class Scanner {
  at = 0
  /** whether the last name stood in quotes */
  quoted = false

  constructor(readonly text: string) {}

  /** The code unit here, NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at)
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  skipBlanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== BLANK && code !== TAB) return
      this.at++
    }
  }

  /** Goes past `text` if it is here. */
  skip(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  /** @throws Mismatch */
  expect(text: string): void {
    if (!this.skip(text)) throw mismatch
  }

  /**
   * A name, bare or quoted.
   * @throws Mismatch
   */
  name(): string {
    if (this.code === QUOTE) {
      this.quoted = true
      return this.quotedText()
    }
    this.quoted = false
    const start = this.at
    let dashed = false
    let blank = false
    for (;;) {
      const segment = this.at
      for (;;) {
        const code = this.text.codePointAt(this.at)
        if (code === undefined || !isNameCharacter(code)) break
        if (code === BLANK) blank = true
        this.at += code > 0xffff ? 2 : 1
      }
      if (this.at === segment) throw mismatch
      if (this.code !== DASH || this.text.charCodeAt(this.at + 1) === GREATER) break
      dashed = true
      this.at++
    }
    const text = this.text.slice(start, this.at)
    if (!blank) return text
    const name = dashed ? trimSegments(text) : text.trim()
    if (name === '') throw mismatch
    return name
  }

  /** Letters, digits, `_`, `$` and blanks: a type to cast to, a text search configuration. */
  identifier(): string {
    const start = this.at
    for (;;) {
      const code = this.text.codePointAt(this.at)
      if (code === undefined || !isNameCharacter(code)) break
      this.at += code > 0xffff ? 2 : 1
    }
    const name = this.text.slice(start, this.at).trim()
    if (name === '') throw mismatch
    return name
  }

  /**
   * Text in double quotes; a backslash takes the next character as it is.
   * @throws Mismatch where the closing quote is missing
   */
  quotedText(): string {
    let start = this.at + 1
    let result = ''
    for (let index = start; index < this.text.length; index++) {
      const code = this.text.charCodeAt(index)
      if (code === QUOTE) {
        this.at = index + 1
        return result + this.text.slice(start, index)
      }
      if (code === BACKSLASH) {
        result += this.text.slice(start, index)
        start = index + 1
        index++
      }
    }
    throw mismatch
  }

  /** Everything up to the next of two characters, or the end. */
  until(first: number, second: number): string {
    const start = this.at
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at)
      if (code === first || code === second) break
    }
    return this.text.slice(start, this.at)
  }
}

function trimSegments(text: string): string {
  return text
    .split('-')
    .map((segment) => segment.trim())
    .join('-')
}
