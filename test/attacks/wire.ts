import { connect } from 'node:net'

/** What came back over a socket, as far as it is one HTTP/1.1 response. */
export interface Reply {
  /** 0: the connection was closed without a response */
  readonly status: number
  /** names in lower case, in the order sent */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly text: string
  /** the body, parsed; undefined where it is no JSON */
  readonly json: unknown
  /** every byte, as Latin-1 */
  readonly raw: string
  /** milliseconds until the server closed the connection */
  readonly took: number
}

export interface Sent {
  readonly method?: string
  /** path and query, sent as they are */
  readonly target: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string | Buffer
}

/** A request as bytes: nothing is checked or escaped, and the server is asked to close after it. */
export function bytesOf({ method = 'GET', target, headers = [], body }: Sent): Buffer {
  const content = body === undefined ? null : typeof body === 'string' ? Buffer.from(body) : body
  const type = headers.some(([name]) => name.toLowerCase() === 'content-type')
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: attacked',
    'Connection: close',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(content === null
      ? []
      : [...(type ? [] : ['Content-Type: application/json']), `Content-Length: ${content.length}`]),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content ?? Buffer.alloc(0)])
}

export interface ExchangeOptions {
  /** milliseconds after which the socket is given up, and the promise rejects */
  readonly patience?: number
  /** sent one by one, with this many milliseconds between */
  readonly drip?: number
}

/** Sends bytes and collects what comes back until the server closes. */
export function exchange(port: number, bytes: Buffer | string, options: ExchangeOptions = {}): Promise<Reply> {
  const { patience = 3_000, drip } = options
  const content = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
  const start = performance.now()
  return new Promise((resolve, reject) => {
    let received = ''
    let dripping: NodeJS.Timeout | undefined
    const socket = connect(port, '127.0.0.1', () => {
      if (drip === undefined) socket.write(content)
      else dripping = setInterval(() => socket.write(content.subarray(sent, ++sent)), drip)
    })
    let sent = 0
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no end after ${patience} ms; until then: ${received.slice(0, 200)}`))
    }, patience)
    socket.setEncoding('latin1').on('data', (chunk) => {
      received += chunk
    })
    socket.on('error', () => {}) // a reset after the response is an end like others
    socket.on('close', () => {
      clearTimeout(timer)
      clearInterval(dripping)
      resolve(replyOf(received, performance.now() - start))
    })
  })
}

function replyOf(raw: string, took: number): Reply {
  const end = raw.indexOf('\r\n\r\n')
  const [first = '', ...lines] = raw.slice(0, Math.max(end, 0)).split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  const text = Buffer.from(end < 0 ? '' : raw.slice(end + 4), 'latin1').toString('utf8')
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1] ?? 0)
  return { status, headers, text, json: parse(text), raw, took }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function headerOf(reply: Reply, name: string): string | undefined {
  return reply.headers.find(([other]) => other === name)?.[1]
}
