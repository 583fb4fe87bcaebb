import type { Complaint } from './parser.js'
import { productions } from './productions.js'

export type Production = keyof typeof productions

/** Longer texts are refused without details: an explanation is for a person to read. */
const LONGEST_EXPLAINED = 2_000

/** Why a text is refused, as PGRST100's message and details say it. */
export function explain(production: Production, text: string): { message: string; details: string } {
  const { name, prefix, parser } = productions[production]
  if (text.length > LONGEST_EXPLAINED) {
    return {
      message: `failed to parse ${name} (${text.slice(0, 200)}…)`,
      details: 'The text is too long to say where.',
    }
  }
  const characters = [...(prefix + text)]
  const reply = parser(characters, 0)
  const message = `"failed to parse ${name} (${text})" ${position(characters, reply.complaint.at)}`
  return { message, details: reply.ok ? 'unknown parse error' : describe(reply.complaint) }
}

/** Whether this slower reading of the grammar accepts the text; tests hold the scanners against it. */
export function accepts(production: Production, text: string): boolean {
  const { prefix, parser } = productions[production]
  return parser([...(prefix + text)], 0).ok
}

function position(characters: readonly string[], at: number): string {
  let line = 1
  let column = 1
  for (const character of characters.slice(0, at)) {
    if (character === '\n') {
      line++
      column = 1
    } else column += character === '\t' ? 8 - ((column - 1) % 8) : 1
  }
  return `(line ${line}, column ${column})`
}

function describe({ found, unexpected, expected }: Complaint): string {
  const parts: string[] = []
  const [first] = found
  if (unexpected.length === 0 && first !== undefined) parts.push(`unexpected ${first === '' ? 'end of input' : first}`)
  if (unexpected.length > 0) parts.push(`unexpected ${enumerate(unexpected)}`)
  if (expected.length > 0) parts.push(`expecting ${enumerate(expected)}`)
  return parts.length === 0 ? 'unknown parse error' : parts.join(' ')
}

function enumerate(descriptions: readonly string[]): string {
  const once = [...new Set(descriptions)].filter((description) => description !== '')
  const last = once.pop() ?? ''
  return once.length === 0 ? last : `${once.join(', ')} or ${last}`
}
