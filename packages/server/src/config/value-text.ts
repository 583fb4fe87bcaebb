import type { ObjectName } from './object-name.js'
import { type RateRule, rateRuleText } from './rate-rules.js'

/** A value of the configuration as a file has it. */
export function valueText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return JSON.stringify(plainText(value))
}

function plainText(value: unknown): string {
  if (Array.isArray(value))
    return value.map((item) => (typeof item === 'string' ? item : rateRuleText(item as RateRule))).join(', ')
  if (isObjectName(value)) return value.schema === null ? value.name : `${value.schema}.${value.name}`
  return String(value)
}

function isObjectName(value: unknown): value is ObjectName {
  return typeof value === 'object' && value !== null && 'schema' in value && 'name' in value
}
