import { closestName } from '@rolecast/catalog'
import { z } from 'zod'
import { databaseKinds } from './schema.js'

/** What is checked: the value, the schema it fell short of, and where in the configuration it stands. */
export interface Checked {
  readonly value: unknown
  readonly schema: unknown
  /** the key of the configuration that the value stands under; '' for the configuration itself */
  readonly under: string
}

/** One line that says which key of the configuration is wrong, and what was expected there. */
export function describeIssue(issue: z.core.$ZodIssue, checked: Checked): string {
  const { value: exported, schema, under } = checked
  const path = issue.path
    .reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), under)
    .replace(/^\./, '')
  const where = path === '' ? 'the configuration' : path
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .map((key) => unknownKey(path === '' ? key : `${path}.${key}`, key, knownKeys(schema, issue.path)))
        .join('\n  ')
    case 'invalid_union':
      return describeUnion(where, issue, checked)
    case 'invalid_type':
      return `${where}: expected ${plainly(issue.expected)}, got ${typeNameOf(valueAt(exported, issue.path))}${unset(exported, issue.path)}`
    default:
      return `${where}: ${issue.message}`
  }
}

function describeUnion(where: string, issue: z.core.$ZodIssueInvalidUnion, checked: Checked): string {
  const value = valueAt(checked.value, issue.path)
  const keys = value !== null && typeof value === 'object' ? Object.keys(value) : []
  const within = (errors: readonly z.core.$ZodIssue[]) =>
    errors.map((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, checked)).join('\n  ')
  if (where !== 'database') {
    // The alternative that fits at the top is what was meant.
    const meant = issue.errors.find((errors) => errors.every(({ path }) => path.length > 0))
    if (meant) return within(meant)
    const expected = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? first.expected : []))
    return `${where}: expected ${expected.map(plainly).join(' or ')}, got ${typeNameOf(value)}`
  }
  // The alternative whose key is there is what was meant.
  const meant = databaseKinds.filter((kind) => keys.includes(kind))
  const errors = meant.length === 1 ? issue.errors[databaseKinds.indexOf(meant[0] ?? 'uri')] : undefined
  if (errors) return within(errors)
  const got = keys.length > 0 ? `{ ${keys.join(', ')} }` : typeNameOf(value)
  return `${where}: expected { uri }, { sql } or { catalog }, got ${got}`
}

const plainly = (expected: string) => (expected === 'record' ? 'object' : expected)

export function unknownKey(path: string, key: string, known: readonly string[]): string {
  const near = closestName(key, known)
  return `${path}: unknown key${near === undefined ? '' : `; did you mean ${near}?`}${known.length > 0 ? ` (known: ${known.join(', ')})` : ''}`
}

/** The keys of the object that a schema has at `path`. */
function knownKeys(root: unknown, path: readonly PropertyKey[]): readonly string[] {
  let schema = unwrapped(root)
  for (const key of path) schema = unwrapped(schema instanceof z.ZodObject ? schema.shape[String(key)] : undefined)
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function unwrapped(schema: unknown): unknown {
  const isWrapper = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly
  return isWrapper ? unwrapped(schema.unwrap()) : schema
}

/** What stands there without a value is mostly an environment variable. */
function unset(exported: unknown, path: readonly PropertyKey[]): string {
  const parent = valueAt(exported, path.slice(0, -1))
  const isThere =
    parent !== null && typeof parent === 'object' && path.at(-1) !== undefined && (path.at(-1) as PropertyKey) in parent
  return isThere && valueAt(exported, path) === undefined ? ' (is an environment variable missing?)' : ''
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
