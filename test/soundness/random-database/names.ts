import type { Random } from './random.js'

/** Parts of names that quoting, node trees, ACLs and JSON must survive. */
const hostile = [
  '"',
  "'",
  ' ',
  '.',
  ':x',
  '{',
  '}',
  '(',
  ')',
  '\\',
  '<>',
  ',',
  'Ü',
  '日',
  '😀',
  '=',
  '/',
  'select',
  'A',
]

/** A name that nobody has yet: plain, or with something nasty in it. */
export class NameSource {
  #count = 0
  constructor(readonly random: Random) {}

  next(prefix: string): string {
    this.#count += 1
    const plain = `${prefix}${this.#count}`
    if (!this.random.chance(0.4)) return plain
    const nasty = this.random.pick(hostile)
    return this.random.chance(0.5) ? `${nasty}${plain}` : `${plain}${nasty}`
  }
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
