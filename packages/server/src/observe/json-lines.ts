import { pino } from 'pino'
import type { LogLevel } from './log-level.js'
import { type LogLines, type LogWriter, type RequestRecord, toStderr } from './log-lines.js'
import { redacted } from './redacted.js'

const levels: Readonly<Record<LogLevel, 'fatal' | 'error' | 'warn' | 'info' | 'debug'>> = {
  crit: 'fatal',
  error: 'error',
  warn: 'warn',
  info: 'info',
  debug: 'debug',
}

const messages: Readonly<Record<RequestRecord['event'], string>> = {
  response: 'request',
  failure: 'request failed',
  refusal: 'request refused',
  cut: 'response cut off',
}

/** One JSON object a line, written by pino: for collectors of logs. */
export function jsonLines(write: LogWriter = toStderr): LogLines {
  const logger = pino(
    {
      level: 'debug',
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label === 'fatal' ? 'crit' : label }) },
    },
    { write: (line: string) => write(line.trimEnd()) },
  )
  return {
    isDetailed: true,
    message: (level, text) => logger[levels[level]](redacted(text)),
    request: (level, { event, ...record }) => logger[levels[level]](safe(record), messages[event]),
  }
}

function safe(record: Omit<RequestRecord, 'event'>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, typeof value === 'string' ? redacted(value) : value]),
  )
}
