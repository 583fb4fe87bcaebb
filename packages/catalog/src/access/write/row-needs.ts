import type { Column, Constraint, DomainType, Relation, Trigger } from '../../model/catalog.js'
import { quoteIdentifier } from '../../postgres/names.js'
import { keyOf } from '../effective-privileges.js'
import { domainsOf, functionsRefusal, innerDomainsOf, valueRefusal } from '../expressions.js'
import { partitionedAbove, partitionsFor } from '../inheritance.js'
import { firstIn, firstOf, type Refusal } from '../refusal.js'
import type { Reading } from '../select/reading.js'
import { hasTrigger } from './before-triggers.js'
import type { WriteCommand } from './target.js'

/** What is evaluated for each row that is written, always by the role that runs the statement. */
export class RowNeeds {
  constructor(readonly reading: Reading) {}

  /** Which partition a row goes to is its values' matter: inserting is refused where each of them refuses. */
  everyPartition(relation: Relation, withValue: readonly string[]): Refusal | null {
    if (relation.kind !== 'partitioned table') return null
    const refusals = partitionsFor(this.reading.index, relation, withValue).map((leaf) =>
      firstOf(
        () => this.conditionsOfTriggers(leaf, 'insert', [], { level: 'row' }),
        () => this.checks(leaf),
        () => this.indexes(leaf, null),
      ),
    )
    return refusals.includes(null) ? null : (refusals[0] ?? null)
  }

  /** What a row of a table needs when it is changed: of its own table, whichever relation the statement names. */
  ofUpdatedRows(relation: Relation, columns: readonly string[]): Refusal | null {
    return firstOf(
      () => this.generated(relation, columns),
      () => this.conditionsOfTriggers(relation, 'update', columns, { level: 'row' }),
      () => this.bounds(relation),
      () => this.checks(relation),
      () => this.indexes(relation, columns),
    )
  }

  /** A value is checked by all domains that it is made of; that a column is left out, by the column's own. */
  domainChecks(relation: Relation, column: Column, isGiven: boolean): Refusal | null {
    const { index } = this.reading
    return this.#checksOf(
      relation,
      column,
      isGiven ? innerDomainsOf(index, column.type) : domainsOf(index, column.type),
    )
  }

  /** What reading literals calls, even if nothing is done with them: the domains within a type, not the column's own. */
  literalChecks(relation: Relation, columns: readonly string[]): Refusal | null {
    const { index } = this.reading
    const given = relation.columns.filter(({ name }) => columns.includes(name))
    return firstIn(given, (column) => {
      const all = innerDomainsOf(index, column.type)
      if (all.length === 0) return null
      const own = domainsOf(index, column.type)
      const within = all.filter((domain) => !own.includes(domain))
      return this.#checksOf(relation, column, within)
    })
  }

  #checksOf(relation: Relation, column: Column, domains: readonly DomainType[]): Refusal | null {
    return firstIn(domains, (domain) =>
      functionsRefusal(
        this.reading.current,
        domain.checks.flatMap((check) => check.functions),
        () => `A CHECK of the type of ${keyOf(relation)}.${quoteIdentifier(column.name)} calls it.`,
      ),
    )
  }

  generated(relation: Relation, updated: readonly string[] | null): Refusal | null {
    const always = updated === null || hasTrigger(relation, 'update')
    return firstIn(relation.columns, (column) => {
      if (column.generated !== 'stored') return null
      if (!always && !column.generatedFrom.some((name) => updated.includes(name))) return null
      return valueRefusal(
        this.reading.current,
        column.defaultUses,
        () => `The generated column ${keyOf(relation)}.${quoteIdentifier(column.name)} is computed.`,
      )
    })
  }

  checks(relation: Relation): Refusal | null {
    return firstIn(relation.constraints, (constraint: Constraint) =>
      constraint.kind === 'check'
        ? functionsRefusal(
            this.reading.current,
            constraint.functions,
            () => `The CHECK ${quoteIdentifier(constraint.name)} of ${keyOf(relation)} calls it.`,
          )
        : null,
    )
  }

  /** A row that is put into a partition directly, or changed in it, is compared with the partition's bounds. */
  bounds(relation: Relation): Refusal | null {
    return firstIn(partitionedAbove(this.reading.index, relation), (parent) =>
      functionsRefusal(
        this.reading.current,
        parent.partitionFunctions,
        () => `${keyOf(relation)} is a partition, and the partition key of ${keyOf(parent)} is computed.`,
      ),
    )
  }

  /** An update that changes no indexed column leaves the indexes alone (heap-only tuples). */
  indexes(relation: Relation, updated: readonly string[] | null): Refusal | null {
    const touches = ({ columns, inputs }: Relation['indexes'][number]) =>
      updated === null || updated.some((name) => columns.includes(name) || inputs.includes(name))
    if (!relation.indexes.some(touches)) return null
    return firstIn(relation.indexes, (index) =>
      functionsRefusal(
        this.reading.current,
        index.uses.functions,
        () => `The index ${quoteIdentifier(index.name)} of ${keyOf(relation)} is computed.`,
      ),
    )
  }

  conditionsOfTriggers(
    relation: Relation,
    command: WriteCommand,
    updated: readonly string[],
    only: { readonly timings?: readonly Trigger['timing'][]; readonly level?: Trigger['level'] } = {},
  ): Refusal | null {
    return firstIn(relation.triggers, (trigger) => {
      if (only.timings && !only.timings.includes(trigger.timing)) return null
      if (only.level && only.level !== trigger.level) return null
      if (!trigger.enabled || !trigger.events.includes(command)) return null
      const isOfColumns = command === 'update' && trigger.columns.length > 0
      if (isOfColumns && !trigger.columns.some((column) => updated.includes(column))) return null
      return functionsRefusal(
        this.reading.current,
        trigger.conditionUses.functions,
        () => `The WHEN condition of the trigger ${quoteIdentifier(trigger.name)} on ${keyOf(relation)} calls it.`,
      )
    })
  }
}
