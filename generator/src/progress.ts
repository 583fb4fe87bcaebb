import { printable } from '@rolecast/audit/printable'

/** What long work is doing, on standard error: standard output belongs to results. */
export interface Progress {
  say(text: string): void
}

export function progressTo(stream: NodeJS.WritableStream): Progress {
  return { say: (text) => void stream.write(`rolecast: ${printable(text)}\n`) }
}

export const silent: Progress = { say() {} }

/** `1 file`, `2 files` */
export const count = (n: number, noun: string, nouns = `${noun}s`): string => `${n} ${n === 1 ? noun : nouns}`
