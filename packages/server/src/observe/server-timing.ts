import type { HttpResponse } from '../http-message.js'

/** `Server-Timing`: how long each stage took, in milliseconds. */
export class ServerTiming {
  private last = performance.now()
  private readonly parts: string[] = []

  /** The stage that has just ended. */
  mark(stage: string): void {
    const now = performance.now()
    this.parts.push(`${stage};dur=${(now - this.last).toFixed(1)}`)
    this.last = now
  }

  addTo(response: HttpResponse): HttpResponse {
    return { ...response, headers: [...response.headers, ['Server-Timing', this.parts.join(', ')]] }
  }
}
