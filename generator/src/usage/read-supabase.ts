import type { Columns, EmbedUse, ObjectName, Use } from '@rolecast/audit'
import { type CallExpression, type Expression, Node } from 'ts-morph'
import { rowKeys } from './client-steps.js'
import type { FoundUsage } from './found-usage.js'
import { initializersOf, keysOf, objectsOf, propertyOf, textsIn, textsOf } from './literals.js'
import { originsOf } from './origins.js'
import { type Chain, chainOf, isSupabaseBuilder, isSupabaseClient } from './supabase-chain.js'
import { type ColumnPath, columnPath, orColumns, orderPath, type SelectUse, selectUse } from './supabase-select.js'

/** A step of a call of supabase-js, on one relation. */
interface Step {
  readonly call: CallExpression
  readonly chain: Chain
  readonly relation: ObjectName
  /** its rows are a function's */
  readonly isResult: boolean
  readonly isWrite: boolean
}

type Reader = (step: Step) => readonly Use[] | null

/** Conditions on one column, which is their first argument. */
const filters =
  'eq neq gt gte lt lte like ilike likeAllOf likeAnyOf ilikeAllOf ilikeAnyOf regexMatch regexIMatch is isDistinct in notIn contains containedBy rangeGt rangeGte rangeLt rangeLte rangeAdjacent overlaps textSearch not filter'.split(
    ' ',
  )

const steps: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(filters.map((name): [string, Reader] => [name, (step) => onColumn(step, columnPath)])),
  order: (step) => onColumn(step, orderPath),
  match: (step) => {
    const [argument] = step.call.getArguments()
    const keys = Node.isExpression(argument) ? rowKeys(argument) : null
    return keys && namedColumns(step, keys.all.map(columnPath))
  },
  or: (step) => {
    const texts = textsAt(step.call, 0)
    const columns = texts?.map(orColumns)
    const embed = optionTexts(step.call, 1, 'referencedTable', 'foreignTable')
    if (!columns || columns.includes(null) || embed === null) return null
    return namedColumns(
      step,
      columns.flatMap((some) => (some ?? []).map((column): ColumnPath => ({ embeds: embed, column }))),
    )
  },
  select: (step) => selected(step),
  insert: (step) => written(step, 'insert'),
  upsert: (step) => upserted(step),
  update: (step) => written(step, 'update'),
  delete: ({ relation }) => [{ kind: 'delete', relation }],
}

const writes: ReadonlySet<string> = new Set(['insert', 'upsert', 'update', 'delete'])

/** Reads one call of a program, if it is a step of supabase-js. */
export function readSupabaseCall(call: CallExpression, givenRoles: readonly string[], found: FoundUsage): undefined {
  const callee = call.getExpression()
  if (!Node.isPropertyAccessExpression(callee)) return
  const name = callee.getName()
  const receiver = callee.getExpression()
  if (name === 'rpc' && isSupabaseClient(receiver.getType())) return readFunctionCall(call, givenRoles, found)
  const read = Object.hasOwn(steps, name) ? steps[name] : undefined
  if (read === undefined || !isSupabaseBuilder(receiver.getType())) return
  const chain = chainOf(receiver)
  const roles = chain.role === null ? givenRoles : [chain.role]
  if (isBeginning(receiver)) found.calls += 1
  if (roles.length === 0)
    return found.cannotTell(call, roles, 'Its role cannot be told: say it with --supabase-roles.', null)
  const isResult = chain.routines !== null
  const names = isResult ? chain.routines : chain.relations
  if (names === null || names.length === 0) return found.cannotTell(call, roles, 'The relation cannot be told.', null)
  const isWrite = chain.calls.some((before) => writes.has(nameOf(before) ?? ''))
  for (const relation of names) {
    const step: Step = { call, chain, relation: { schema: chain.schema, name: relation }, isResult, isWrite }
    const uses = read(step)
    if (uses === null) found.cannotTell(call, roles, `What ${name}() names cannot be told.`, couldNeed(name))
    else found.add(roles, ...uses)
  }
}

/** The first step after `from(…)`. */
const isBeginning = (receiver: Expression) => receiver.getType().getText().includes('PostgrestQueryBuilder')

const couldNeed = (name: string): readonly string[] | null => (writes.has(name) ? null : ['SELECT', 'EXECUTE', 'USAGE'])

function nameOf(call: CallExpression): string | null {
  const callee = call.getExpression()
  return Node.isPropertyAccessExpression(callee) ? callee.getName() : null
}

function readFunctionCall(call: CallExpression, givenRoles: readonly string[], found: FoundUsage): undefined {
  const chain = chainOf(call)
  const roles = chain.role === null ? givenRoles : [chain.role]
  found.calls += 1
  if (roles.length === 0)
    return found.cannotTell(call, roles, 'Its role cannot be told: say it with --supabase-roles.', null)
  const names = textsAt(call, 0)
  if (names === null) return found.cannotTell(call, roles, 'The function cannot be told.', null)
  const [, argument] = call.getArguments()
  const keys = Node.isExpression(argument) ? rowKeys(argument) : { all: [], optional: [] }
  const given = keys === null || keys.optional.length > 0 ? 'unknown' : keys.all
  for (const name of names)
    found.add(roles, { kind: 'call', routine: { schema: chain.schema, name }, arguments: given })
}

function textsAt(call: CallExpression, position: number): readonly string[] | null {
  const argument = call.getArguments()[position]
  return Node.isExpression(argument) ? textsIn(argument) : null
}

/** What the options of a call say under one of these names; empty: nothing. */
function optionTexts(call: CallExpression, position: number, ...names: readonly string[]): readonly string[] | null {
  const argument = call.getArguments()[position]
  if (!Node.isExpression(argument)) return []
  const found: string[] = []
  for (const origin of originsOf(argument)) {
    for (const name of names) {
      const texts = propertyTexts(origin, name)
      if (texts === null) return null
      found.push(...texts)
    }
  }
  return found
}

/** A literal is wider as a property's type than where it is written. */
function propertyTexts(origin: Expression, name: string): readonly string[] | null {
  const written = initializersOf(origin, name)
  if (written !== null) {
    const texts = written.map(textsIn)
    return texts.includes(null) ? null : texts.flatMap((some) => some ?? [])
  }
  const found: string[] = []
  for (const object of objectsOf(origin.getType())) {
    if (keysOf(object) === null) return null
    const value = propertyOf(object, name, origin)
    const texts = value ? textsOf(value) : []
    if (texts === null) return null
    found.push(...texts)
  }
  return found
}

// Reading

function selected(step: Step): readonly Use[] | null {
  const lists = step.call.getArguments().length === 0 ? ['*'] : textsAt(step.call, 0)
  const read = lists?.map(selectUse)
  if (!read || read.includes(null)) return null
  return read.flatMap((use) => (use === null ? [] : usesOfList(step, use)))
}

function usesOfList(step: Step, { columns, embeds }: SelectUse): readonly Use[] {
  return [...onRelation(step, columns), ...embeds.map((embed) => embedded(step, embed))]
}

/** Columns of a function's rows need no privilege. */
function onRelation({ relation, isResult, isWrite }: Step, columns: Columns): readonly Use[] {
  if (isResult) return []
  return [{ kind: isWrite ? 'read while writing' : 'read', relation, columns }]
}

function embedded({ relation, isResult }: Step, embed: EmbedUse): Use {
  return isResult ? { kind: 'embed in result', routine: relation, embed } : { kind: 'embed', relation, embed }
}

function onColumn(step: Step, read: (text: string) => ColumnPath | null): readonly Use[] | null {
  const texts = textsAt(step.call, 0)
  const embed = optionTexts(step.call, nameOf(step.call) === 'order' ? 1 : 3, 'referencedTable', 'foreignTable')
  if (texts === null || embed === null) return null
  return namedColumns(
    step,
    texts.map((text) => {
      const path = read(text)
      return path && { ...path, embeds: [...embed, ...path.embeds] }
    }),
  )
}

/** Columns of the relation, and below embeds those of the relations that the call's select lists lead to. */
function namedColumns(step: Step, paths: readonly (ColumnPath | null)[]): readonly Use[] | null {
  const uses: Use[] = []
  for (const path of paths) {
    if (path === null) return null
    const { embeds, column } = path
    if (embeds.length === 0) uses.push(...onRelation(step, [column]))
    else {
      const found = selectsOf(step).map((list) => embedAlong(list, embeds, column))
      const known = found.filter((embed) => embed !== null)
      if (known.length === 0) return null
      uses.push(...known.map((embed) => embedded(step, embed)))
    }
  }
  return uses
}

/** Every select list of the call that the step belongs to. */
function selectsOf({ chain }: Step): readonly SelectUse[] {
  return chain.calls
    .filter((call) => nameOf(call) === 'select')
    .flatMap((call) => (textsAt(call, 0) ?? []).flatMap((text) => selectUse(text) ?? []))
}

/** The embeds that a path of names leads along, with the column at the end of it. */
function embedAlong(list: SelectUse, path: readonly string[], column: string): EmbedUse | null {
  const [name, ...rest] = path
  const found = list.embeds.find(({ alias, request }) => alias === name || request === name)
  if (found === undefined) return null
  const { request, hint } = found
  if (rest.length === 0) return { request, hint, columns: [column], embeds: [] }
  const inner = embedAlong(found, rest, column)
  return inner && { request, hint, columns: [], embeds: [inner] }
}

// Writing

function written({ call, relation }: Step, kind: 'insert' | 'update'): readonly Use[] | null {
  const [argument] = call.getArguments()
  const keys = Node.isExpression(argument) ? rowKeys(argument) : null
  if (keys === null) return null
  return kind === 'update'
    ? [{ kind, relation, columns: keys.all }]
    : [{ kind, relation, columns: keys.all, optional: keys.optional }]
}

function upserted(step: Step): readonly Use[] | null {
  const inserted = written(step, 'insert')
  const [insert] = inserted ?? []
  const named = optionTexts(step.call, 1, 'onConflict')
  if (insert?.kind !== 'insert' || named === null) return null
  const key = named.flatMap((list) => list.split(',').map((name) => name.trim()))
  const { relation, columns } = insert
  const merged = ignoresDuplicates(step.call) ? null : columns
  return [insert, { kind: 'conflict', relation, key: key.length > 0 ? key : null, merged }]
}

/** Only where it certainly does: otherwise it may set what is there. */
function ignoresDuplicates(call: CallExpression): boolean {
  const argument = call.getArguments()[1]
  if (!Node.isExpression(argument)) return false
  const values = originsOf(argument).flatMap(
    (origin) =>
      initializersOf(origin, 'ignoreDuplicates')?.map((value) => value.getType()) ??
      objectsOf(origin.getType()).map((object) => propertyOf(object, 'ignoreDuplicates', argument)),
  )
  return values.length > 0 && values.every((value) => value?.getText() === 'true')
}
