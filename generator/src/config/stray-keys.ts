import { builtInTargets } from '@rolecast/templates'
import type { ChosenTarget } from '../targets/choose-targets.js'
import { unknownKey } from './describe-issue.js'
import { configSchema } from './schema.js'

/** What is wrong with keys of the configuration that are neither its own nor names of its targets. */
export function strayKeys(keys: readonly string[], targets: readonly ChosenTarget[]): readonly string[] {
  const names = targets.map(({ target }) => target.name)
  const known = [...Object.keys(configSchema.shape), ...names]
  return keys
    .filter((key) => !known.includes(key))
    .map((key) =>
      builtInTargets.some(({ name }) => name === key)
        ? `${key}: these are options of the target ${key}, which is not among targets (${names.join(', ')})`
        : unknownKey(key, key, known),
    )
}
