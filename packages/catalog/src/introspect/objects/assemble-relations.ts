import type {
  Column,
  Constraint,
  Index,
  Policy,
  PolicyExpression,
  Relation,
  Rule,
  Trigger,
} from '../../model/catalog.js'
import { byNames, compareNames, sortedNames } from '../../postgres/names.js'
import { alwaysOf, assembleCondition, readCondition } from '../expressions/condition.js'
import { isNode, nodesOf, numberAt, type TreeNode } from '../expressions/node-tree.js'
import { parseNodeTree } from '../expressions/parse-node-tree.js'
import { mentions, type TreeUses } from '../expressions/tree-dependencies.js'
import type { Key } from '../keys/query-keys.js'
import type { Names } from '../names.js'
import { assembleView, type ReadView } from '../views/assemble-views.js'
import { keyOfColumn } from '../views/never-null.js'
import { parseAcl } from './acl.js'
import { isOnOption, optionOf } from './options.js'
import type { ColumnRow, ConstraintRow, IndexRow, PolicyRow, RelationRow, RuleRow, TriggerRow } from './rows.js'

/** A row with what its expressions use. */
export type Read<Row, Field extends string = 'uses'> = Row & { readonly [field in Field]: TreeUses }

export interface RelationParts {
  readonly columns: ReadonlyMap<number, readonly Read<ColumnRow>[]>
  /** as `keyOfColumn` has them */
  readonly neverNull: ReadonlySet<string>
  readonly constraints: ReadonlyMap<number, readonly Read<ConstraintRow>[]>
  readonly indexes: ReadonlyMap<number, readonly Read<IndexRow>[]>
  readonly triggers: ReadonlyMap<number, readonly Read<TriggerRow>[]>
  readonly rules: ReadonlyMap<number, readonly Read<RuleRow>[]>
  readonly policies: ReadonlyMap<number, readonly Read<PolicyRow, 'usingUses' | 'checkUses'>[]>
  readonly views: ReadonlyMap<number, ReadView>
  readonly keysOf: (relation: number) => readonly Key[]
}

const relationKinds = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
} as const

export function assembleRelation(row: Read<RelationRow>, parts: RelationParts, names: Names): Relation {
  const view = parts.views.get(row.oid)
  return {
    schema: names.schema(row.namespace),
    name: row.name,
    kind: relationKinds[row.kind],
    owner: names.role(row.owner),
    acl: parseAcl(row.acl),
    comment: row.comment,
    extension: row.extension,
    securityInvoker: isOnOption(row.options, 'security_invoker'),
    securityBarrier: isOnOption(row.options, 'security_barrier'),
    checkOption: checkOptionOf(optionOf(row.options, 'check_option')),
    rowSecurity: { enabled: row.rowSecurity, forced: row.forceRowSecurity },
    parents: row.parents.flatMap((parent) => names.relation(parent) ?? []),
    isPartition: row.isPartition,
    hasBounds: row.hasBounds,
    partitioning:
      row.strategy === null
        ? null
        : {
            strategy: strategies[row.strategy],
            columns: (row.keyColumns ?? []).map((number) => names.column(row.oid, number) ?? null),
          },
    bound: row.bound,
    partitionFunctions: names.functions(row.uses),
    columns: (parts.columns.get(row.oid) ?? []).map((column) => assembleColumn(column, parts, names)),
    constraints: (parts.constraints.get(row.oid) ?? [])
      .map((constraint) => assembleConstraint(constraint, names))
      .sort(byNames(({ name }) => name)),
    keys: keysByName(parts.keysOf(row.oid), row.oid, names),
    indexes: (parts.indexes.get(row.oid) ?? [])
      .map((index) => assembleIndex(index, names))
      .sort(byNames(({ name }) => name)),
    triggers: (parts.triggers.get(row.oid) ?? [])
      .map((trigger) => assembleTrigger(trigger, names))
      .sort(byNames(({ name }) => name)),
    rules: (parts.rules.get(row.oid) ?? []).map((rule) => assembleRule(rule, names)).sort(byNames(({ name }) => name)),
    policies: (parts.policies.get(row.oid) ?? [])
      .map((policy) => assemblePolicy(policy, names))
      .sort(byNames(({ name }) => name)),
    updatable: {
      insert: (row.updatable & 8) !== 0,
      update: (row.updatable & 4) !== 0,
      delete: (row.updatable & 16) !== 0,
    },
    view: view && row.definition !== null ? assembleView(row, row.definition, view, names) : null,
  }
}

const strategies = { l: 'list', r: 'range', h: 'hash' } as const

function checkOptionOf(value: string | undefined): Relation['checkOption'] {
  const option = value?.toLowerCase()
  return option === 'local' || option === 'cascaded' ? option : null
}

const generatedKinds = { '': null, s: 'stored', v: 'virtual' } as const
const identityKinds = { '': null, a: 'always', d: 'by default' } as const

function assembleColumn(row: Read<ColumnRow>, { neverNull }: RelationParts, names: Names): Column {
  return {
    name: row.name,
    type: names.type(row.type, row.formatted),
    notNull: row.notNull,
    neverNull: neverNull.has(keyOfColumn(row.relation, row.number)),
    default: row.default,
    defaultUses: names.uses(row.uses),
    generated: generatedKinds[row.generated],
    generatedFrom: row.generated === '' ? [] : columnsOf(row, names),
    identity: identityKinds[row.identity],
    acl: parseAcl(row.acl),
    updatable: row.updatable,
    comment: row.comment,
  }
}

/** Names of the columns that a table's own expression mentions. */
function columnsOf(row: { relation: number; uses: TreeUses }, names: Names): string[] {
  return names.columns(
    row.relation,
    [...row.uses.variables].sort((a, b) => a - b),
  )
}

const constraintKinds = { p: 'primary key', u: 'unique', f: 'foreign key', c: 'check', x: 'exclusion' } as const

const actions = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' } as const

const acting: ReadonlySet<string> = new Set(['cascade', 'set null', 'set default'])

function assembleConstraint(row: Read<ConstraintRow>, names: Names): Constraint {
  const referenced = row.kind === 'f' ? names.relation(row.referencedRelation) : undefined
  return {
    name: row.name,
    kind: constraintKinds[row.kind],
    columns: names.columns(row.relation, row.columns ?? []),
    references:
      referenced === undefined
        ? null
        : { relation: referenced, columns: names.columns(row.referencedRelation, row.referencedColumns ?? []) },
    enforcement:
      referenced === undefined || !row.isEnforced || row.onUpdate === ' ' || row.onDelete === ' '
        ? null
        : {
            onUpdate: actions[row.onUpdate],
            onDelete: actions[row.onDelete],
            isDeferred: row.isDeferred,
            isCopy: row.isCopy,
          },
    expression: row.expression,
    isValidated: row.holds,
    isEnforced: row.isEnforced,
    isExact: row.isExact,
    functions: names.functions(row.uses),
    evaluatedAtPlanTime: names.planned(row.uses),
    code: names.code(row.uses),
    acts: [row.onUpdate, row.onDelete].some((letter) => letter !== ' ' && acting.has(actions[letter])),
    comment: row.comment,
    inherited: row.inherited,
  }
}

function keysByName(keys: readonly Key[], relation: number, names: Names): string[][] {
  return keys.map((key) =>
    names.columns(
      relation,
      key.map(({ attribute }) => attribute),
    ),
  )
}

function assembleIndex(row: Read<IndexRow>, names: Names): Index {
  return {
    name: row.name,
    unique: row.unique,
    primary: row.primary,
    valid: row.valid,
    arbitrates: row.unique && row.valid && row.immediate && !row.isExclusion,
    columns: row.columns.map((number) => names.column(row.relation, number) ?? null),
    predicate: row.predicate,
    inputs: columnsOf(row, names),
    uses: names.uses(row.uses),
  }
}

/** Bits of pg_trigger.tgtype (src/include/catalog/pg_trigger.h). */
const bits = { row: 1, before: 2, insert: 4, delete: 8, update: 16, truncate: 32, instead: 64 }

function assembleTrigger(row: Read<TriggerRow>, names: Names): Trigger {
  const has = (bit: keyof typeof bits) => (row.type & bits[bit]) !== 0
  return {
    name: row.name,
    timing: has('instead') ? 'instead of' : has('before') ? 'before' : 'after',
    events: (['insert', 'update', 'delete', 'truncate'] as const).filter(has),
    level: has('row') ? 'row' : 'statement',
    function: names.routine(row.function) ?? '',
    enabled: row.enabled === 'O' || row.enabled === 'A',
    columns: names.columns(row.relation, row.columns),
    conditionUses: names.uses(row.uses),
  }
}

/** CMD_NOTHING, which comes after CMD_UTILITY: 6 in PostgreSQL 14, 7 from 15 on. */
function isNothing(query: TreeNode): boolean {
  return numberAt(query, 'commandType') >= 6 && !isNode(query.fields.get('utilityStmt'))
}

const ruleEvents = { '1': 'select', '2': 'update', '3': 'insert', '4': 'delete' } as const

function assembleRule(row: Read<RuleRow>, names: Names): Rule {
  const event = ruleEvents[row.event]
  const action = parseNodeTree(row.action)
  const columns = (relation: number, numbers: readonly number[] | null) => numbers && names.columns(relation, numbers)
  return {
    name: row.name,
    event: event === 'select' ? 'insert' : event,
    instead: row.instead,
    conditional: row.condition !== null && row.condition !== '<>',
    returning: row.action.includes(':returningList ('),
    nothing: nodesOf(action).every(isNothing),
    uses: {
      readsOld: mentions(action, 'old'),
      readsNew: mentions(action, 'new'),
      functions: names.functions(row.uses),
      sequences: names.sequenceUses(row.uses),
      relations: row.uses.relations.flatMap((use) => {
        const relation = names.relation(use.relation)
        if (relation === undefined) return []
        return [
          {
            relation,
            select: columns(use.relation, use.select),
            insert: columns(use.relation, use.insert),
            update: columns(use.relation, use.update),
            delete: use.delete,
          },
        ]
      }),
    },
  }
}

const commands = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' } as const

function assemblePolicy(row: Read<PolicyRow, 'usingUses' | 'checkUses'>, names: Names): Policy {
  const expression = (text: string | null, tree: string | null, uses: TreeUses): PolicyExpression | null => {
    if (text === null || tree === null) return null
    const condition = readCondition(parseNodeTree(tree))
    return {
      text,
      constant: alwaysOf(condition),
      condition: assembleCondition(condition, names),
      uses: names.uses(uses),
      foldedReads: sortedNames(uses.foldedRelations.flatMap((oid) => names.relation(oid) ?? [])),
    }
  }
  return {
    name: row.name,
    permissive: row.permissive,
    command: commands[row.command],
    roles: row.roles.includes(0) ? null : row.roles.map((role) => names.role(role)).sort(compareNames),
    using: expression(row.using, row.usingTree, row.usingUses),
    check: expression(row.check, row.checkTree, row.checkUses),
    comment: row.comment,
  }
}
