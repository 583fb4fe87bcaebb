import type { Surface } from '@rolecast/catalog'
import { printQuery } from '@rolecast/grammar'
import type { Server } from '@rolecast/server'
import { SignJWT } from 'jose'
import { type HttpCell, httpCellsOf } from './http-cells.js'
import type { RandomDatabase } from './random-database/random-database.js'

export const secret = 'a secret for the tests of soundness only'
const together = 8

/** What the server says. */
export interface Answer {
  readonly status: number
  /** `Content-Range` of a write that reached no row */
  readonly isOfNothing: boolean
  readonly text: string
}

/** The answers to everything that a role may or may not do. */
export async function askServer(server: Server, database: RandomDatabase, surface: Surface) {
  const claims = new SignJWT({ role: surface.role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h')
  const token = await claims.sign(new TextEncoder().encode(secret))
  const cells = httpCellsOf(database, surface)
  const results: { cell: HttpCell; answer: Answer }[] = []
  for (let start = 0; start < cells.length; start += together) {
    const batch = cells.slice(start, start + together)
    const answers = await Promise.all(batch.map((cell) => send(server, token, cell)))
    for (const [index, cell] of batch.entries()) {
      const answer = answers[index]
      // foreign keys lock rows: of requests at the same time some may be told to try again
      const isDeadlock = answer === undefined || answer.text.includes('"40P01"')
      results.push({ cell, answer: isDeadlock ? await send(server, token, cell) : answer })
    }
  }
  return results
}

async function send(server: Server, token: string, { query }: HttpCell): Promise<Answer> {
  const { method, path, search, headers, body } = printQuery(query)
  const response = await server.fetch(
    new Request(`http://localhost${path}${search}`, {
      method,
      headers: { ...asBytes(headers), Authorization: `Bearer ${token}` },
      ...(typeof body === 'string' && { body }),
    }),
  )
  const isOfNothing = response.headers.get('Content-Range')?.startsWith('*/') === true && method !== 'GET'
  return { status: response.status, isOfNothing, text: await response.text() }
}

/** Headers are bytes: those of UTF-8, one character each. */
function asBytes(headers: Readonly<Record<string, string>>): Record<string, string> {
  const encode = (value: string) => Buffer.from(value, 'utf8').toString('latin1')
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, encode(value)]))
}

/**
 * Offered: a row may be refused, by a policy or a constraint, but not the statement. Withheld: nothing is done; where no
 * policy lets a row through, what would be refused of a row is not even looked at.
 */
export function isAsOffered({ isOffered }: HttpCell, { status, isOfNothing, text }: Answer): boolean {
  if (!isOffered) return status >= 400 || isOfNothing
  return (
    status < 400 ||
    /"code":"(23...|25006|44000|0A000)"/.test(text) ||
    /row-level security policy|"currval of sequence/.test(text)
  )
}

/** A read that is withheld, but had no row to be refused for: what reads no row is not always planned (see `dependsOnRows`). */
export function hadNoRow({ isOffered, query }: HttpCell, { status, text }: Answer): boolean {
  return !isOffered && query.kind === 'read' && status === 200 && text === '[]'
}
