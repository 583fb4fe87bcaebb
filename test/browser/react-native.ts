import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { startDatabase } from '../client/database.js'
import { app, bundle, expected } from './bundle.js'

/** As React Native has it: events, but no reasons, and nothing static. */
class PlainSignal {
  aborted = false
  readonly listeners = new Set<(event: { target: PlainSignal }) => void>()
  addEventListener(_: string, listener: (event: { target: PlainSignal }) => void): void {
    this.listeners.add(listener)
  }
  removeEventListener(_: string, listener: (event: { target: PlainSignal }) => void): void {
    this.listeners.delete(listener)
  }
}

class PlainController {
  readonly signal = new PlainSignal()
  abort(): void {
    if (this.signal.aborted) return
    this.signal.aborted = true
    for (const listener of this.signal.listeners) listener({ target: this.signal })
  }
}

interface PlainInit {
  readonly method?: string
  readonly headers?: HeadersInit
  readonly body?: string | null
  readonly signal?: PlainSignal
}

/** Its body is not there to be read. */
class PlainRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly sent: string | null
  readonly signal: PlainSignal
  constructor(input: string | PlainRequest, { method, headers, body, signal }: PlainInit = {}) {
    const from = typeof input === 'string' ? undefined : input
    this.url = from?.url ?? `${input}`
    this.method = method ?? from?.method ?? 'GET'
    this.headers = new Headers(headers ?? from?.headers)
    this.sent = body ?? from?.sent ?? null
    this.signal = signal ?? from?.signal ?? new PlainSignal()
  }
  clone(): PlainRequest {
    return new PlainRequest(this)
  }
}

/** Its body comes as a whole. */
class PlainResponse {
  readonly status: number
  readonly headers: Headers
  readonly ok: boolean
  constructor(
    readonly content: string | null,
    { status = 200, headers = {} }: { status?: number; headers?: HeadersInit } = {},
  ) {
    this.status = status
    this.headers = new Headers(headers)
    this.ok = status >= 200 && status < 300
  }
  async text(): Promise<string> {
    return this.content ?? ''
  }
  async json(): Promise<unknown> {
    return JSON.parse(this.content ?? '')
  }
  clone(): PlainResponse {
    return new PlainResponse(this.content, this)
  }
}

async function plainFetch(input: string | PlainRequest, init?: PlainInit): Promise<PlainResponse> {
  const { url, method, headers, sent, signal } = new PlainRequest(input, init)
  const controller = new AbortController()
  if (signal.aborted) throw Object.assign(new Error('Aborted'), { name: 'AbortError' })
  signal.addEventListener('abort', () => controller.abort())
  const response = await fetch(url, { method, headers, body: sent, signal: controller.signal })
  return new PlainResponse(await response.text(), { status: response.status, headers: response.headers })
}

// What Hermes itself has is of the context; the rest is React Native's own, and no more of the web than this.
const globals = {
  ...{ AbortController: PlainController, AbortSignal: PlainSignal, Request: PlainRequest, Response: PlainResponse },
  ...{ fetch: plainFetch, Headers, FormData, URL, URLSearchParams, TextEncoder, atob, btoa, setTimeout, clearTimeout },
}
const missing = [
  ...['ReadableStream', 'TextDecoder', 'DOMException', 'structuredClone', 'process', 'Buffer', 'crypto'],
  ...['AbortSignal.any', 'AbortSignal.timeout', 'AbortSignal.abort'],
]

/** What Metro makes of syntax that Hermes does not read: private members, static blocks, asynchronous generators. */
const syntax = { target: 'es2020', supported: { 'async-generator': false, 'for-await': false } }

test('an environment with no more than React Native has', async () => {
  await using database = await startDatabase()
  const port = await (await database.serve('clerk')).listen(0, '127.0.0.1')
  const context = createContext({ ...globals })
  for (const name of missing) expect(`${name}: ${runInContext(`typeof ${name}`, context)}`).toBe(`${name}: undefined`)
  const ended = `{ addEventListener() {}, removeEventListener() {}, aborted: true }`
  const code = await bundle(app.replace('AbortSignal.abort()', ended), syntax)
  runInContext(code, context)
  const run: (url: string) => Promise<unknown> = runInContext('app.run', context)
  expect(JSON.parse(JSON.stringify(await run(`http://127.0.0.1:${port}`)))).toEqual(expected)
})
