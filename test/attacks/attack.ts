import { expect } from 'vitest'
import type { Target } from './target.js'
import { bytesOf, exchange, type Reply, type Sent } from './wire.js'

/** One hostile request and its safe outcome. */
export interface Attack {
  /** number of the kind of attack; several rows may have the same */
  readonly number: number
  readonly title: string
  /** a request, or bytes that are none */
  readonly send: Sent | Buffer
  readonly status: number | readonly number[]
  /** of the JSON error; undefined where the request is answered after all */
  readonly code?: string | RegExp
  /** further, what the body must be like */
  readonly body?: RegExp
  readonly check?: (reply: Reply) => void
}

/** Longest that anything of a request is sent back. */
const longestError = 8_192

/** Milliseconds until a request counts as hanging: it should take a thousandth, but others may have the machine. */
const patience = 15_000

/** Words that only the inside of the server knows. */
const inside =
  /\bat \w[\w.]* \(|node:internal|\/src\/|\.js:\d|\.ts:\d|rolecast_\d|json_to_recordset|pgrst_source|127\.0\.0\.1:/

export async function expectSafe(target: Target, attack: Attack): Promise<void> {
  const { send, status, code, body, check } = attack
  const bytes = Buffer.isBuffer(send) ? send : bytesOf(send)
  const reply = await exchange(target.port, bytes, { patience })
  const shown = `${reply.status} ${reply.text.slice(0, 500)}`
  expect(typeof status === 'number' ? [status] : status, shown).toContain(reply.status)
  if (reply.status >= 400) {
    const error = reply.json as { code?: unknown; message?: unknown } | undefined
    if (code === undefined) expect(error, shown).toMatchObject({ code: expect.any(String) })
    else expect(String(error?.code), shown).toMatch(typeof code === 'string' ? new RegExp(`^${code}$`) : code)
    expect(error?.message, shown).toEqual(expect.any(String))
    expect(reply.text, shown).not.toMatch(inside)
    // PostgreSQL's own words are passed on as they are.
    if (/^PGRST/.test(String(error?.code))) expect(reply.raw.length, 'an error is short').toBeLessThan(longestError)
  }
  if (body !== undefined) expect(reply.text, shown).toMatch(body)
  check?.(reply)
  await target.expectClean()
}
