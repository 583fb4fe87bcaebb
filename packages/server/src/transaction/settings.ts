import type { Step } from '../postgres/batch.js'
import type { Setting } from '../schema-cache/role-settings.js'
import { literal } from '../sql/quote.js'

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
  /** what stands before the name of each claim, and a dot, in settings of their own */
  readonly claimPrefixes: readonly string[]
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
  const { searchPath, role, claims, method, path, headers, cookies, ofRole, others, claimPrefixes } = settings
  const values = [searchPath, role, claims, method, path, headers, cookies]
  for (const [name, value] of ofRole) values.push(name, value)
  for (const [name, value] of others) values.push(name, value)
  return { text: settingsText(readOnly, ofRole.length, others.length, claimPrefixes), values, ignoresRows: true }
}

const texts = new WeakMap<readonly string[], Map<number, string>>()

function textsWith(claimPrefixes: readonly string[]): Map<number, string> {
  const known = texts.get(claimPrefixes)
  if (known !== undefined) return known
  const none = new Map<number, string>()
  texts.set(claimPrefixes, none)
  return none
}

/** There are few of them, so each is written once; those of a configuration are dropped with it. */
function settingsText(readOnly: boolean, before: number, after: number, claimPrefixes: readonly string[]): string {
  const known = textsWith(claimPrefixes)
  const key = (before * 1000 + after) * 2 + (readOnly ? 1 : 0)
  const written = known.get(key)
  if (written !== undefined) return written
  const pair = (index: number) => `set_config($${8 + 2 * index}, $${9 + 2 * index}, true)`
  const parts = [
    ...(readOnly ? [`set_config('transaction_read_only', 'on', true)`] : []),
    `set_config('search_path', $1, true)`,
    ...Array.from({ length: before }, (_, index) => pair(index)),
    ...fixed,
    ...(claimPrefixes.length === 0 ? [] : [claimSettings(claimPrefixes)]),
    ...cleared,
    ...Array.from({ length: after }, (_, index) => pair(before + index)),
  ]
  const text = `SELECT ${parts.join(', ')}`
  known.set(key, text)
  return text
}

/** Each claim as a setting. Names that PostgreSQL takes for no setting are left out. */
function claimSettings(prefixes: readonly string[]): string {
  const names = prefixes.map((prefix) => literal(`${prefix}.`)).join(', ')
  return (
    "(SELECT count(set_config(prefix || claim.key, coalesce(claim.value, ''), true)) " +
    `FROM pg_catalog.json_each_text($3::text::json) AS claim, unnest(ARRAY[${names}]) AS prefix ` +
    "WHERE claim.key ~ '^[A-Za-z_][A-Za-z0-9_]*$')"
  )
}
