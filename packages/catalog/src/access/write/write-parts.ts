import type { Reading } from '../select/reading.js'
import type { Defaults } from './defaults.js'
import type { ForeignKeys } from './foreign-keys.js'
import type { RowNeeds } from './row-needs.js'
import type { RuleActions } from './rule-actions.js'

/** What the decisions about inserts, updates and deletes share. */
export interface WriteParts {
  readonly reading: Reading
  readonly defaults: Defaults
  readonly rows: RowNeeds
  readonly rules: RuleActions
  readonly keys: ForeignKeys
}
