import { splitTarget } from '../http-message.js'
import { isWritten, type LogLevel, levelOf } from './log-level.js'
import { type LogLines, plainLines, type RequestRecord } from './log-lines.js'

/** What a line tells of a request beside method, path, status and cause. */
export type RequestDetails = Omit<RequestRecord, 'event' | 'method' | 'path' | 'status'>

/** Decides what is told at which level, and leaves the form of lines to others. */
export class Log {
  constructor(
    /** log-level of now */
    private readonly level: () => LogLevel,
    private readonly lines: LogLines = plainLines(),
  ) {}

  /** whether lines of requests have details */
  get isDetailed(): boolean {
    return this.lines.isDetailed
  }

  has(level: LogLevel): boolean {
    return isWritten(level, this.level())
  }

  say(level: LogLevel, message: string): void {
    if (this.has(level)) this.lines.message(level, message)
  }

  /**
   * What operators must see unless they want nothing but crashes: doubts about the configuration, reloads, recovery. Told
   * at every log level but `crit`.
   */
  notice(message: string): void {
    this.say('error', message)
  }

  /** Why a request could not be answered: it is told to the log, and not to the client. */
  failure(method: string, target: string, status: number, cause: string): void {
    const level = levelOf(status)
    this.request(level === 'error' ? 'error' : 'debug', 'failure', method, target, { status, cause })
  }

  response(method: string, target: string, status: number, details: RequestDetails = {}): void {
    this.request(levelOf(status), 'response', method, target, { status, ...details })
  }

  /** A response whose end could not be sent, so that its connection was closed. */
  cut(method: string, target: string, cause: string): void {
    this.request('error', 'cut', method, target, { cause })
  }

  /** A request that was not read as a whole; `-` stands for what is not known of it. */
  refused(method: string, target: string, status: number, cause: string): void {
    this.request(levelOf(status), 'refusal', method, target, { status, cause })
  }

  private request(
    level: LogLevel,
    event: RequestRecord['event'],
    method: string,
    target: string,
    rest: Omit<RequestRecord, 'event' | 'method' | 'path'>,
  ): void {
    if (this.has(level)) this.lines.request(level, { event, method, path: pathOf(target), ...rest })
  }
}

const maxPathLength = 1_000

/** The query has the request's values in it, which may be secrets. */
function pathOf(target: string): string {
  return splitTarget(target).path.slice(0, maxPathLength)
}
