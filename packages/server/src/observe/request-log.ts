import { type HttpRequest, type HttpResponse, streamOf } from '../http-message.js'
import type { Log, RequestDetails } from './log.js'
import { levelOf } from './log-level.js'
import { reasonOf } from './reason.js'

interface Gathered {
  role?: string
  cause?: string
}

/** Tells the log of requests. Where its lines have details, they are gathered while the request is answered. */
export class RequestLog {
  private readonly gathered = new WeakMap<HttpRequest, Gathered>()
  private count = 0

  constructor(
    private readonly log: Log,
    /** server-trace-header of now */
    private readonly traceHeader: () => string | null,
  ) {}

  /** A request of a socket, of whose response `handled` will hear. */
  begun(request: HttpRequest): void {
    if (this.log.isDetailed) this.gathered.set(request, {})
  }

  /** undefined where nobody wants to know it */
  get identified(): ((request: HttpRequest, role: string) => void) | undefined {
    if (!this.log.isDetailed) return undefined
    return (request, role) => {
      const gathered = this.gathered.get(request)
      if (gathered !== undefined) gathered.role = role
    }
  }

  /** Where the line of the response has details, it says this as well. */
  failed(error: unknown, request: HttpRequest, status: number): void {
    const gathered = this.gathered.get(request)
    if (gathered === undefined) this.log.failure(request.method, request.target, status, reasonOf(error))
    else gathered.cause = reasonOf(error)
  }

  handled(request: HttpRequest, response: HttpResponse, milliseconds: number): void {
    const { method, target } = request
    const { status } = response
    if (!this.log.has(levelOf(status))) return
    this.log.response(method, target, status, this.detailsOf(request, response, milliseconds))
  }

  private detailsOf(request: HttpRequest, { body }: HttpResponse, milliseconds: number): RequestDetails {
    const gathered = this.gathered.get(request)
    if (gathered === undefined) return {}
    const { address, headers } = request
    const { role, cause } = gathered
    const trace = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(headers.traceparent ?? '')?.[1]
    return {
      id: this.idOf(request),
      ...(trace === undefined ? {} : { trace }),
      ...(role === undefined ? {} : { role }),
      ...(body === null ? { bytes: 0 } : lengthOf(body)),
      ms: Math.round(milliseconds * 1000) / 1000,
      ...(address === undefined ? {} : { address }),
      ...(cause === undefined ? {} : { cause }),
    }
  }

  private idOf({ headers }: HttpRequest): string {
    const given = headers[this.traceHeader() ?? 'x-request-id'] ?? headers['x-request-id']
    if (given !== undefined && given !== '') return given.slice(0, maxIdLength)
    this.count += 1
    return `${process.pid}-${this.count}`
  }
}

const maxIdLength = 200

function lengthOf(body: NonNullable<HttpResponse['body']>): { bytes?: number } {
  if (typeof body === 'string') return { bytes: Buffer.byteLength(body) }
  const { length } = body
  return streamOf(body) !== null && length === null ? {} : { bytes: length ?? 0 }
}
