import {
  type CatalogIndex,
  isMeantBy,
  primaryKeyOf,
  qualifiedName,
  type Relation,
  type Relationship,
  type Routine,
  relationshipsOf,
  type Statement,
  signatureOfRoutine,
} from '@rolecast/catalog'
import type { Columns, EmbedUse, ObjectName, Use } from './usage.js'

/** What uses of the API ask of PostgreSQL. */
export class StatementsOf {
  readonly #bySource = new Map<string, Relationship[]>()

  /** @param schemas the exposed ones, the default first */
  constructor(
    readonly index: CatalogIndex,
    readonly schemas: readonly string[],
  ) {
    for (const relationship of relationshipsOf(index.catalog, schemas)) {
      const known = this.#bySource.get(relationship.source)
      if (known) known.push(relationship)
      else this.#bySource.set(relationship.source, [relationship])
    }
  }

  /** Of what cannot be told it is one statement for each possibility: those that the role may not make are left out later. */
  of(use: Exclude<Use, { kind: 'anything' }>): readonly Statement[] {
    if (use.kind === 'call') return this.#call(use.routine, use.arguments)
    if (use.kind === 'embed in result') return this.#embedInResult(use.routine, use.embed)
    const found = this.#relation(use.relation)
    if (found === undefined) return []
    const { key, relation } = found
    switch (use.kind) {
      case 'read':
        return this.#read(found, use.columns)
      case 'embed':
        return this.#embed(found, use.embed, true)
      case 'delete':
        return [{ kind: 'delete', relation: key }]
      case 'insert':
        return this.#insert(found, use.columns, use.optional)
      case 'update':
        return setsOf(relation, use.columns).map((columns) => ({ kind: 'update', relation: key, columns }))
      case 'conflict':
        return this.#conflict(found, use.key, use.merged)
      case 'read while writing':
        return this.#read(found, use.columns).flatMap((statement) =>
          statement.kind === 'read'
            ? commands.map((command) => whileWriting(key, command, statement.columns))
            : [statement],
        )
    }
  }

  #insert({ key, relation }: Found, columns: Columns, optional: readonly string[]): readonly Statement[] {
    const sets = setsOf(relation, columns)
    const least = sets.map((set) => set.filter((name) => !optional.includes(name)))
    const all = columns === 'unknown' ? [...sets, []] : optional.length > 0 ? [...sets, ...least] : sets
    return all.map((set) => ({ kind: 'insert', relation: key, columns: set }))
  }

  #conflict(
    { key, relation }: Found,
    given: readonly string[] | 'unknown' | null,
    merged: Columns | null,
  ): readonly Statement[] {
    const arbiters = given === 'unknown' ? setsOf(relation, given) : [given ?? primaryKeyOf(relation, this.index)]
    const sets = merged === null ? [] : setsOf(relation, merged)
    return [
      ...arbiters.map((columns) => whileWriting(key, 'insert', columns)),
      ...sets.flatMap((columns): Statement[] => [
        { kind: 'update', relation: key, columns },
        whileWriting(key, 'update', columns),
      ]),
    ]
  }

  #relation({ schema, name }: ObjectName): Found | undefined {
    const key = qualifiedName(schema ?? this.schemas[0] ?? '', name)
    const relation = this.index.relations.get(key)
    return relation && { key, relation }
  }

  #routines({ schema, name }: ObjectName): readonly Routine[] {
    return this.index.routinesByName.get(qualifiedName(schema ?? this.schemas[0] ?? '', name)) ?? []
  }

  /** Names that are no columns are functions of the row. */
  #read({ key, relation }: Found, columns: Columns): readonly Statement[] {
    const own = new Set(relation.columns.map(({ name }) => name))
    const computed = (this.index.routinesByRow.get(key) ?? []).filter(
      ({ schema, name }) =>
        schema === relation.schema &&
        !own.has(name) &&
        (columns === 'unknown' || (columns !== 'every' && columns.includes(name))),
    )
    return [
      ...setsOf(relation, columns).map((set) =>
        read(
          key,
          set.filter((name) => own.has(name)),
        ),
      ),
      ...computed.map(
        (routine): Statement => ({ kind: 'compute', relation: key, routine: signatureOfRoutine(routine) }),
      ),
    ]
  }

  /** @param readsSource whether the source's columns are a relation's, and not those of a function's result */
  #embed(source: Found, embed: EmbedUse, readsSource: boolean): readonly Statement[] {
    const { schema } = source.relation
    const meant = (this.#bySource.get(source.key) ?? []).filter((relationship) => {
      const target = this.index.relations.get(relationship.target)
      if (target === undefined || target.schema !== schema) return false
      return isMeantBy(relationship, { target: embed.request, hint: embed.hint }, target.view === null)
    })
    return meant.flatMap((relationship) => this.#along(relationship, source, embed, readsSource))
  }

  #along(
    { target, columns, junction, computed }: Relationship,
    source: Found,
    embed: EmbedUse,
    readsSource: boolean,
  ): readonly Statement[] {
    const relation = this.index.relations.get(target)
    if (relation === undefined) return []
    const found = { key: target, relation }
    const own = [...columns, ...(junction?.sourceColumns ?? [])].map(([name]) => name)
    const others = [...columns.map(([, name]) => name), ...(junction?.targetColumns ?? []).map(([name]) => name)]
    const between = [...(junction?.sourceColumns ?? []), ...(junction?.targetColumns ?? [])].map(([, name]) => name)
    const isResult = computed !== null
    return [
      ...(readsSource && own.length > 0 ? [read(source.key, own)] : []),
      ...(computed
        ? [{ kind: 'compute' as const, relation: source.key, routine: computed.function }]
        : [read(target, others)]),
      ...(junction ? [read(junction.relation, between)] : []),
      // What a function returns is no table any more.
      ...(isResult ? [] : this.#read(found, embed.columns)),
      ...embed.embeds.flatMap((inner) => this.#embed(found, inner, !isResult)),
    ]
  }

  #embedInResult(name: ObjectName, embed: EmbedUse): readonly Statement[] {
    return this.#routines(name).flatMap(({ returns }) => {
      const relation = this.index.relations.get(returns.type.type)
      return relation ? this.#embed({ key: returns.type.type, relation }, embed, false) : []
    })
  }

  #call(name: ObjectName, given: readonly string[] | 'unknown'): readonly Statement[] {
    const meant = this.#routines(name).filter((routine) => given === 'unknown' || takes(routine, given))
    return meant.map((routine) => {
      const omitted = routine.arguments.filter(
        (argument) =>
          isInput(argument) && argument.hasDefault && (given === 'unknown' || !given.includes(argument.name)),
      )
      return { kind: 'call', routine: signatureOfRoutine(routine), omitted: omitted.map((argument) => argument.name) }
    })
  }
}

interface Found {
  readonly key: string
  readonly relation: Relation
}

const isInput = ({ mode }: Routine['arguments'][number]) => mode !== 'out' && mode !== 'table'

/** Whether a request with these arguments can mean it; the one unnamed argument takes any body. */
function takes(routine: Routine, given: readonly string[]): boolean {
  const inputs = routine.arguments.filter(isInput)
  if (inputs.length === 1 && inputs[0]?.name === '') return true
  return (
    given.every((name) => inputs.some((argument) => argument.name === name)) &&
    inputs.every(({ name, hasDefault, mode }) => hasDefault || mode === 'variadic' || given.includes(name))
  )
}

const commands = ['insert', 'update', 'delete'] as const

const read = (relation: string, columns: readonly string[]): Statement => ({ kind: 'read', relation, columns })

function whileWriting(relation: string, command: (typeof commands)[number], columns: readonly string[]): Statement {
  return { kind: 'read while writing', relation, command, columns }
}

/** The columns that one statement names; where they cannot be told, one set for each that may be meant. */
function setsOf(relation: Relation, columns: Columns): readonly (readonly string[])[] {
  const all = relation.columns.map(({ name }) => name)
  if (columns === 'unknown') return all.map((name) => [name])
  return [columns === 'every' ? all : columns]
}
