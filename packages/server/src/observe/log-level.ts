import type { Config } from '../config/config.js'

export type LogLevel = Config['logLevel']

const ranks: Readonly<Record<LogLevel, number>> = { crit: 0, error: 1, warn: 2, info: 3, debug: 4 }

/** Whether what is of one level is written where the log goes to another. */
export function isWritten(level: LogLevel, upTo: LogLevel): boolean {
  return ranks[level] <= ranks[upTo]
}

/**
 * Of a response: the server's own failures are logged from `error` on, those of requests from `warn`, all from `info`. A
 * client that went away (499) is no failure.
 */
export function levelOf(status: number): LogLevel {
  return status >= 500 ? 'error' : status >= 400 && status !== 499 ? 'warn' : 'info'
}
