import { printable } from '@rolecast/audit/printable'
import { type Progress, progressTo } from '../progress.js'

/** Lines that stay, and one line below them that says how things are. */
export interface Screen extends Progress {
  /** Says how things are now. At a terminal it takes the place of what was said so before. */
  status(text: string): void
  /** Ends the line of the status, so that what is written next begins a new one. */
  end(): void
}

/** What a screen is written to. */
export type ScreenStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** A screen at a terminal; elsewhere, plain lines. */
export function screenOn(stream: ScreenStream): Screen {
  const lines = progressTo(stream)
  if (stream.isTTY !== true) return { say: lines.say, status: lines.say, end: () => {} }
  let status = ''
  const clear = '\r\u001b[2K'
  // A line that wraps could not be cleared as one.
  const shown = () =>
    printable(status)
      .replaceAll('\n', ' ')
      .slice(0, Math.max((stream.columns ?? 80) - 1, 1))
  return {
    say: (text) => {
      stream.write(clear)
      lines.say(text)
      stream.write(shown())
    },
    status: (text) => {
      status = text
      stream.write(clear + shown())
    },
    end: () => {
      if (status !== '') stream.write('\n')
      status = ''
    },
  }
}
