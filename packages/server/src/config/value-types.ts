import { ConnectionStringError, connectionSettings } from '@rolecast/connect'
import { z } from 'zod'
import type { ObjectName } from './object-name.js'

/**
 * What values of settings may look like, from a file (text, number or truth value), from the environment and from the
 * database (text). Each type says in its error what it expects.
 */

const raw = z.union([z.string(), z.number(), z.boolean()])

function parsed<T>(expected: string, read: (value: string) => T | undefined) {
  return raw.transform((value, context): T => {
    const result = read(String(value))
    if (result !== undefined) return result
    context.addIssue({ code: 'custom', message: `expected ${expected}` })
    return z.NEVER
  })
}

export const text = raw.transform(String).describe('text')

export function integer(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return parsed(`a whole number ${range}`, (value) => {
    const number = /^\s*-?\d{1,16}\s*$/.test(value) ? Number(value) : Number.NaN
    return number >= least && number <= most ? number : undefined
  }).describe('whole number')
}

/** A number of bytes, without a unit. */
export const bytes = parsed('a whole number of bytes, without a unit', (value) =>
  /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : undefined,
).describe('bytes')

const units: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 }

/** Seconds; also `10m`, which PostgREST does not take. */
export const seconds = parsed('a whole number of seconds, or one with a unit (30s, 10min, 2h, 1d)', (value) => {
  const [, digits, unit = 's'] = /^\s*(\d{1,12})\s*(s|m|min|h|d)?\s*$/.exec(value) ?? []
  return digits === undefined ? undefined : Number(digits) * (units[unit] ?? 1)
}).describe('seconds')

/** As PostgREST: words in any case, or a number, which is true above 0. */
export const boolean = parsed('true or false', (value) => {
  const word = value.trim().toLowerCase().replaceAll('"', '')
  if (['true', 'on', 'yes'].includes(word)) return true
  if (['false', 'off', 'no'].includes(word)) return false
  return /^-?\d+$/.test(word) ? Number(word) > 0 : undefined
}).describe('boolean')

export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return parsed(`one of ${words.join(', ')}`, (value) =>
    words.find((word): word is Words[number] => word === value),
  ).describe(words.map((word) => `\`${word}\``).join(', '))
}

const separated = parsed('names with commas between them', (value) =>
  value === '' ? [] : value.split(',').map((name) => name.trim()),
)

/** Programs may also give an array. */
export const list = z
  .union([z.array(z.string()).readonly(), separated], { error: 'expected names' })
  .describe('names, with commas')

/** What stands on lines of its own or between commas; blank lines say nothing. */
export const lines = z
  .union(
    [
      z.array(z.string()).readonly(),
      parsed('texts, with commas or line ends between them', (value) =>
        value
          .split(/[,\r\n]/)
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      ),
    ],
    { error: 'expected texts, with commas or line ends between them' },
  )
  .describe('texts, with commas or line ends')

/** Exposing the system catalogs would expose every database object's definition. */
export const exposedSchemas = list
  .refine((schemas) => schemas.length > 0 && !schemas.includes(''), {
    message: 'expected at least one schema, with commas between them',
  })
  .refine((schemas) => !schemas.includes('pg_catalog') && !schemas.includes('information_schema'), {
    message: 'expected schemas other than pg_catalog and information_schema',
  })
  .describe('names, with commas')

/** As libpq takes it. The value stays as it is: it is read where connections are opened. */
export const connectionString = raw
  .transform((value, context): string => {
    try {
      connectionSettings(String(value))
    } catch (error) {
      if (!(error instanceof ConnectionStringError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
    return String(value)
  })
  .describe('connection string')

const writtenName = parsed('the name of a function', (value): ObjectName => {
  const dot = value.indexOf('.')
  return dot === -1 ? { schema: null, name: value } : { schema: value.slice(0, dot), name: value.slice(dot + 1) }
})

/** `schema.name` or `name`. */
export const objectName = z
  .union([z.strictObject({ schema: z.string().nullable(), name: z.string() }), writtenName], {
    error: 'expected the name of a function',
  })
  .describe('name of a function')

/** What a template for application_name may name. */
const words = ['role', 'user', 'id', 'trace', 'method', 'path']

export const template = parsed(
  `a text in which {…} is one of ${words.map((word) => `{${word}}`).join(', ')}`,
  (value) =>
    [...value.matchAll(/\{([^{}]*)\}?/g)].every(([all, word]) => words.includes(word ?? '') && all.endsWith('}'))
      ? value
      : undefined,
).describe('text')

/** Prefixes whose claims would stand in for settings of the server's own. */
const ownPrefixes = ['request.jwt', 'app.settings']

/** Custom settings have a dot in their name, and so those under a prefix cannot be PostgreSQL's own. */
export const settingPrefixes = list
  .refine((prefixes) => prefixes.every((prefix) => /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)+$/.test(prefix)), {
    message: 'expected prefixes of two words or more in lower case, as jwt.claims, with commas between them',
  })
  .refine((prefixes) => !prefixes.some((prefix) => ownPrefixes.includes(prefix)), {
    message: `expected prefixes other than ${ownPrefixes.join(' and ')}`,
  })
  .describe('names, with commas')

export const socketMode = parsed('an octal file mode from 600 to 777', (value) => {
  const mode = /^[0-7]{3}$/.test(value) ? Number.parseInt(value, 8) : 0
  return mode >= 0o600 ? mode : undefined
}).describe('octal mode')

/** RFC 7519, section 2: with a colon in it, it is a URI. */
export const stringOrUri = parsed('a name without colons, or a URI', (value) =>
  !value.includes(':') || URL.canParse(value) ? value : undefined,
).describe('name or URI')

export const httpUrl = parsed('a URL such as https://example.com:8443/basePath', (value) =>
  /^https?:\/\/[^/]/i.test(value) && URL.canParse(value) ? value : undefined,
).describe('URL')

export const headerName = parsed('the name of a header', (value) =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value) ? value.toLowerCase() : undefined,
).describe('name of a header')
