import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closestName } from '@rolecast/catalog'
import { z } from 'zod'
import { UsageError } from '../errors.js'
import type { Config } from './config.js'
import { findConfig } from './find-config.js'
import { configSchema, databaseKinds } from './schema.js'

export interface LoadedConfig {
  readonly config: Config
  /** absolute path of the configuration file */
  readonly file: string
  /** its folder: the configuration's paths are relative to it */
  readonly folder: string
}

/**
 * Loads and checks the project's configuration.
 *
 * @param given path of the file; without it the first of `rolecast.config.{ts,mts,js,mjs,json}` in `cwd`
 * @throws UsageError saying which key is wrong and what was expected there
 */
export async function loadConfig(given: string | undefined, cwd: string): Promise<LoadedConfig> {
  const file = findConfig(given, cwd)
  const exported = await importConfig(file)
  const result = configSchema.safeParse(exported)
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `  ${describe(issue, exported)}`)
    throw new UsageError(`${file} is not a valid configuration:\n${problems.join('\n')}`)
  }
  return { config: withoutUndefined(result.data), file, folder: dirname(file) }
}

async function importConfig(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  // The configuration's own `import … from 'rolecast'` is this very command, installed in the project or not.
  const self = fileURLToPath(new URL('../index.js', import.meta.url))
  const jiti = createJiti(import.meta.url, { alias: { rolecast: self }, moduleCache: false, fsCache: false })
  try {
    const exported = await jiti.import<unknown>(file, { default: true })
    if (isConfigLike(exported)) return exported
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const reason = message
      .replace(`${file}: `, '')
      .replace(/\nRequire stack:.*/s, '')
      .replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, ' is not valid JSON') // without what it quotes: a password?
    throw new UsageError(`${file} cannot be loaded: ${reason}`, { cause: error })
  }
  throw new UsageError(`${file} exports no configuration. It should say: export default defineConfig({ … })`)
}

/** A module without a default export comes as the object of what else it exports. */
function isConfigLike(exported: unknown): boolean {
  return (
    exported !== null && typeof exported === 'object' && Object.keys(exported).some((key) => key in configSchema.shape)
  )
}

function describe(issue: z.core.$ZodIssue, exported: unknown): string {
  const path = issue.path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
  const where = path === '' ? 'the configuration' : path
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .map((key) => unknownKey(path === '' ? key : `${path}.${key}`, key, knownKeys(issue.path)))
        .join('\n  ')
    case 'invalid_union':
      return describeUnion(where, issue, exported)
    case 'invalid_type':
      return `${where}: expected ${issue.expected === 'record' ? 'object' : issue.expected}, got ${typeNameOf(valueAt(exported, issue.path))}${unset(exported, issue.path)}`
    default:
      return `${where}: ${issue.message}`
  }
}

function describeUnion(where: string, issue: z.core.$ZodIssueInvalidUnion, exported: unknown): string {
  const value = valueAt(exported, issue.path)
  const keys = value !== null && typeof value === 'object' ? Object.keys(value) : []
  // The alternative whose key is there is what was meant.
  const meant = databaseKinds.filter((kind) => keys.includes(kind))
  const errors = meant.length === 1 ? issue.errors[databaseKinds.indexOf(meant[0] ?? 'uri')] : undefined
  if (errors) {
    return errors.map((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }, exported)).join('\n  ')
  }
  const got = keys.length > 0 ? `{ ${keys.join(', ')} }` : typeNameOf(value)
  return `${where}: expected { uri }, { sql } or { catalog }, got ${got}`
}

function unknownKey(path: string, key: string, known: readonly string[]): string {
  const near = closestName(key, known)
  return `${path}: unknown key${near === undefined ? '' : `; did you mean ${near}?`}${known.length > 0 ? ` (known: ${known.join(', ')})` : ''}`
}

/** The keys of the object that the configuration may have at `path`. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = configSchema
  for (const key of path) {
    if (schema instanceof z.ZodOptional) schema = schema.unwrap()
    schema = schema instanceof z.ZodObject ? schema.shape[String(key)] : undefined
  }
  if (schema instanceof z.ZodOptional) schema = schema.unwrap()
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

/** What stands there without a value is mostly an environment variable. */
function unset(exported: unknown, path: readonly PropertyKey[]): string {
  const parent = valueAt(exported, path.slice(0, -1))
  const isThere =
    parent !== null && typeof parent === 'object' && path.at(-1) !== undefined && (path.at(-1) as PropertyKey) in parent
  return isThere && valueAt(exported, path) === undefined ? ' (is an environment variable missing?)' : ''
}

type WithoutUndefined<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]: WithoutUndefined<Exclude<T[K], undefined>> }
    : T

/** A key that is there without a value is as good as none. */
function withoutUndefined<T extends object>(value: T): WithoutUndefined<T> {
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (inner === undefined) return []
    const isObject = inner !== null && typeof inner === 'object' && !Array.isArray(inner)
    return [[key, isObject ? withoutUndefined(inner) : inner]]
  })
  return Object.fromEntries(entries) as WithoutUndefined<T>
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )
}

function typeNameOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
