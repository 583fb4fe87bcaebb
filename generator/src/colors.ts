const codes = { red: 31, green: 32, yellow: 33 } as const

export type Paint = (color: keyof typeof codes, text: string) => string

/**
 * Colors for a stream, by convention: on a terminal, but not where NO_COLOR is set to anything, and everywhere with
 * FORCE_COLOR.
 */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Paint {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = env
  const isForced = FORCE_COLOR !== '' && FORCE_COLOR !== '0'
  const isColored = NO_COLOR === '' && (isForced || (stream.isTTY === true && TERM !== 'dumb'))
  return (color, text) => (isColored ? `\u001b[${codes[color]}m${text}\u001b[39m` : text)
}
