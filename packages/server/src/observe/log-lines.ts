import type { LogLevel } from './log-level.js'
import { redacted } from './redacted.js'

/** Takes finished lines; the default writes them to stderr. */
export type LogWriter = (line: string) => void

/** What is known of a request; `-` stands for a method or path that is not. */
export interface RequestRecord {
  readonly event: 'response' | 'failure' | 'refusal' | 'cut'
  readonly method: string
  /** without the query, which has values in it */
  readonly path: string
  readonly status?: number
  /** the client's own, of the trace header or X-Request-Id; one of this server's where it has none */
  readonly id?: string
  /** of W3C's `traceparent`: 32 hexadecimal digits */
  readonly trace?: string
  readonly role?: string
  /** of the body; undefined where it is still on its way */
  readonly bytes?: number
  readonly ms?: number
  readonly address?: string
  /** why it was not answered as it wanted */
  readonly cause?: string
}

/** A form of log lines. What comes here is to be written: levels have been looked at. */
export interface LogLines {
  /** whether lines of requests have more than method, path, status and cause */
  readonly isDetailed: boolean
  message(level: LogLevel, text: string): void
  request(level: LogLevel, record: RequestRecord): void
}

export function toStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One line of text a message, with its time; what is in it cannot begin another line or steer a terminal. */
export function plainLines(write: LogWriter = toStderr): LogLines {
  const message = (_: LogLevel, text: string) => write(`${new Date().toISOString()} ${printable(redacted(text))}`)
  return { isDetailed: false, message, request: (level, record) => message(level, sentenceOf(record)) }
}

function sentenceOf({ event, method, path, status, cause }: RequestRecord): string {
  switch (event) {
    case 'response':
      return `${method} ${path} ${status}`
    case 'failure':
      return `${method} ${path} failed with ${status}: ${cause}`
    case 'refusal':
      return `${method} ${path} ${status} ${cause}`
    case 'cut':
      return `${method} ${path} was cut off: ${cause}`
  }
}

function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
