import type { Config } from '../config/config.js'
import { splitTarget } from '../http-message.js'

export type LogLevel = Config['logLevel']

/** Takes finished lines; the default writes them to stderr. */
export type LogWriter = (line: string) => void

const ranks: Readonly<Record<LogLevel, number>> = { crit: 0, error: 1, warn: 2, info: 3, debug: 4 }

/** One line a message, with its time; what is in it cannot begin another line or steer a terminal. */
export class Log {
  constructor(
    /** log-level of now */
    private readonly level: () => LogLevel,
    private readonly write: LogWriter = (line) => process.stderr.write(`${line}\n`),
  ) {}

  has(level: LogLevel): boolean {
    return ranks[level] <= ranks[this.level()]
  }

  say(level: LogLevel, message: string): void {
    if (this.has(level)) this.write(`${new Date().toISOString()} ${printable(message)}`)
  }

  /**
   * What operators must see unless they want nothing but crashes: doubts about the configuration, reloads, recovery. Told
   * at every log level but `crit`.
   */
  notice(message: string): void {
    this.say('error', message)
  }

  /** Why a request could not be answered: it is told to the log, and not to the client. */
  failure(method: string, target: string, status: number, reason: string): void {
    const level = levelOf(status)
    const shownFrom = level === 'error' ? 'error' : 'debug'
    if (this.has(shownFrom)) this.say(shownFrom, `${method} ${pathOf(target)} failed with ${status}: ${reason}`)
  }

  response(method: string, target: string, status: number): void {
    const level = levelOf(status)
    if (this.has(level)) this.say(level, `${method} ${pathOf(target)} ${status}`)
  }

  /** A response whose end could not be sent, so that its connection was closed. */
  cut(method: string, target: string, reason: string): void {
    this.say('error', `${method} ${pathOf(target)} was cut off: ${reason}`)
  }

  /** A request that was not read as a whole; `-` stands for what is not known of it. */
  refused(method: string, target: string, status: number, reason: string): void {
    const level = levelOf(status)
    if (this.has(level)) this.say(level, `${method} ${pathOf(target)} ${status} ${reason}`)
  }
}

const maxPathLength = 1_000

/** The query has the request's values in it, which may be secrets. */
function pathOf(target: string): string {
  return splitTarget(target).path.slice(0, maxPathLength)
}

/**
 * Of a response: the server's own failures are logged from `error` on, those of requests from `warn`, all from `info`. A
 * client that went away (499) is no failure.
 */
export function levelOf(status: number): LogLevel {
  return status >= 500 ? 'error' : status >= 400 && status !== 499 ? 'warn' : 'info'
}

function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
