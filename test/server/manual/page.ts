import type { ServerOptions } from '@rolecast/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AskOptions, type Festival, openFestival } from '../festival.js'

/** One request and what PostgREST 16.2 answers. */
export interface Case extends AskOptions {
  /** `METHOD /path`, or `/path` with GET */
  readonly ask: string
  readonly status: number
  /** what stands behind it */
  readonly statusText?: string
  /** by name; null: there is no such header */
  readonly answers?: Readonly<Record<string, string | null | RegExp>>
  readonly json?: unknown
  readonly text?: string
}

/** A page of PostgREST's manual as sections of cases, each asked of a festival of the page's own. */
export function manualPage(
  title: string,
  sections: Readonly<Record<string, readonly Case[]>>,
  options: ServerOptions = {},
): void {
  describe(title, () => {
    let festival: Festival
    beforeAll(async () => {
      festival = await openFestival({ dbTxEnd: 'rollback-allow-override', ...options })
    })
    afterAll(() => festival?.close())
    for (const [section, cases] of Object.entries(sections)) {
      describe(section, () => {
        test.each(cases.map((asked) => [label(asked), asked] as const))('%s', async (_, asked) => {
          const answer = await festival.ask(asked.ask, asked)
          expect([answer.status, answer.text]).toEqual([asked.status, expect.any(String)])
          if (asked.statusText !== undefined) expect(answer.statusText).toBe(asked.statusText)
          for (const [name, value] of Object.entries(asked.answers ?? {})) {
            const sent = answer.headers.get(name)
            if (value instanceof RegExp) expect(sent ?? '', name).toMatch(value)
            else expect(sent, name).toBe(value)
          }
          if (asked.json !== undefined) expect(answer.json).toEqual(asked.json)
          if (asked.text !== undefined) expect(answer.text).toBe(asked.text)
        })
      })
    }
  })
}

function label({ ask, headers = {}, body }: Case): string {
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [ask, ...sent, ...(body === undefined ? [] : [typeof body === 'string' ? body : JSON.stringify(body)])].join(
    ' | ',
  )
}

/** The body of an error, every field of it. */
export function error(code: string, message: string, details: unknown = null, hint: string | null = null) {
  return { code, message, details, hint }
}
