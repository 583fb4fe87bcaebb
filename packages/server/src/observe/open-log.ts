import type { Config } from '../config/config.js'
import { Log } from './log.js'
import type { LogLevel } from './log-level.js'
import { type LogWriter, plainLines } from './log-lines.js'

/** pino is loaded by those who want JSON alone. */
export async function openLog(
  { logFormat }: Pick<Config, 'logFormat'>,
  level: () => LogLevel,
  write: LogWriter | undefined,
): Promise<Log> {
  if (logFormat === 'text') return new Log(level, plainLines(write))
  const { jsonLines } = await import('./json-lines.js')
  return new Log(level, jsonLines(write))
}
