import type { Relation } from '../../model/catalog.js'
import type { EffectivePrivileges } from '../effective-privileges.js'
import type { Decision } from '../refusal.js'
import type { Reading } from '../select/reading.js'
import { Defaults } from './defaults.js'
import { Deleting } from './deleting.js'
import { ForeignKeys } from './foreign-keys.js'
import { Inserting } from './inserting.js'
import { RowNeeds } from './row-needs.js'
import { RuleActions } from './rule-actions.js'
import { Updating } from './updating.js'
import type { WriteParts } from './write-parts.js'

/**
 * Decides writes as PostgreSQL executes them: `INSERT INTO r (c, …) VALUES (…)`, `UPDATE r SET c = …, …` and
 * `DELETE FROM r`, the latter two without a condition and none returning anything. Tables are taken to have rows, and
 * values not to be null.
 */
export class Writing {
  readonly defaults: Defaults
  readonly #inserting: Inserting
  readonly #updating: Updating
  readonly #deleting: Deleting

  constructor(readonly reading: Reading) {
    this.defaults = new Defaults(reading)
    const parts: WriteParts = {
      reading,
      defaults: this.defaults,
      rows: new RowNeeds(reading),
      rules: new RuleActions(reading, this),
      keys: new ForeignKeys(reading),
    }
    this.#inserting = new Inserting(parts)
    this.#updating = new Updating(parts)
    this.#deleting = new Deleting(parts)
  }

  insert(relation: Relation, as: EffectivePrivileges, columns: readonly string[]): Decision {
    return this.#inserting.insert(relation, as, columns)
  }

  update(relation: Relation, as: EffectivePrivileges, columns: readonly string[]): Decision {
    return this.#updating.update(relation, as, columns)
  }

  delete(relation: Relation, as: EffectivePrivileges): Decision {
    return this.#deleting.delete(relation, as)
  }
}
