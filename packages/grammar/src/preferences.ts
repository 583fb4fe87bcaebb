/** What may stand behind a preference's `=`: one of some words, any text, or a whole number. */
type PreferenceValues = readonly string[] | 'text' | 'integer'

interface PreferenceRule {
  /** as it is sent */
  readonly name: string
  readonly values: PreferenceValues
  /** whether requests that differ in it need different statements */
  readonly decidesStatement: boolean
}

/** Every preference that the API knows ("Prefer Header" in PostgREST's manual), in the order in which they are written. */
export const preferenceRules = {
  resolution: {
    name: 'resolution',
    values: ['merge-duplicates', 'ignore-duplicates'],
    decidesStatement: true,
  },
  missing: { name: 'missing', values: ['default', 'null'], decidesStatement: true },
  /** without a value; not PostgREST's */
  stream: { name: 'stream', values: [''], decidesStatement: true },
  return: { name: 'return', values: ['minimal', 'headers-only', 'representation'], decidesStatement: true },
  count: { name: 'count', values: ['exact', 'planned', 'estimated'], decidesStatement: true },
  transaction: { name: 'tx', values: ['commit', 'rollback'], decidesStatement: false },
  handling: { name: 'handling', values: ['strict', 'lenient'], decidesStatement: true },
  timezone: { name: 'timezone', values: 'text', decidesStatement: false },
  maxAffected: { name: 'max-affected', values: 'integer', decidesStatement: false },
} as const satisfies Readonly<Record<string, PreferenceRule>>

type ValueOf<Values> = Values extends readonly (infer Word)[] ? Word : Values extends 'integer' ? number : string

/** `Prefer` of RFC 7240, as far as the API knows it. Absent keys were not sent. */
export type Preferences = {
  readonly [Key in keyof typeof preferenceRules]?: ValueOf<(typeof preferenceRules)[Key]['values']>
}

/** The keys in the order in which they are written. */
export const preferenceKeys = Object.keys(preferenceRules) as readonly (keyof Preferences)[]
