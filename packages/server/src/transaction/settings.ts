import type { Step } from '../postgres/batch.js'
import type { Setting } from '../schema-cache/role-settings.js'

/** What a request's SQL can read of it, and how it runs ("Transactions" in PostgREST's manual). */
export interface RequestSettings {
  readonly searchPath: string
  readonly role: string
  /** JSON objects */
  readonly claims: string
  readonly headers: string
  readonly cookies: string
  readonly method: string
  readonly path: string
  /** of the role: set before it, with the rights of the authenticator */
  readonly ofRole: readonly Setting[]
  /** time zone, of the function, of the configuration */
  readonly others: readonly Setting[]
}

/** What an earlier request may have left on the connection is not this one's. */
const cleared = [`set_config('response.headers', '', true)`, `set_config('response.status', '', true)`]

const fixed = [
  `set_config('role', $2, true)`,
  `set_config('request.jwt.claims', $3, true)`,
  `set_config('request.method', $4, true)`,
  `set_config('request.path', $5, true)`,
  `set_config('request.headers', $6, true)`,
  `set_config('request.cookies', $7, true)`,
]

/** Makes every setting local to the transaction. A read-only transaction cannot become another again. */
export function settingsStep(settings: RequestSettings, readOnly: boolean): Step {
  const { searchPath, role, claims, method, path, headers, cookies, ofRole, others } = settings
  const values = [searchPath, role, claims, method, path, headers, cookies]
  for (const [name, value] of ofRole) values.push(name, value)
  for (const [name, value] of others) values.push(name, value)
  return { text: settingsText(readOnly, ofRole.length, others.length), values, ignoresRows: true }
}

const texts = new Map<number, string>()

/** There are few of them, so each is written once. */
function settingsText(readOnly: boolean, before: number, after: number): string {
  const key = (before * 1000 + after) * 2 + (readOnly ? 1 : 0)
  const known = texts.get(key)
  if (known !== undefined) return known
  const pair = (index: number) => `set_config($${8 + 2 * index}, $${9 + 2 * index}, true)`
  const parts = [
    ...(readOnly ? [`set_config('transaction_read_only', 'on', true)`] : []),
    `set_config('search_path', $1, true)`,
    ...Array.from({ length: before }, (_, index) => pair(index)),
    ...fixed,
    ...cleared,
    ...Array.from({ length: after }, (_, index) => pair(before + index)),
  ]
  const text = `SELECT ${parts.join(', ')}`
  texts.set(key, text)
  return text
}
