import { printName } from '@rolecast/grammar'
import type { Features } from './connect.js'
import type { RelationMeta, SchemaMeta } from './metadata.js'
import { Builder } from './query/builder.js'
import { nothing, type State } from './query/state.js'
import { type Origin, Relation } from './relation.js'

type Arguments = readonly unknown[]
type Named = Readonly<Record<string, unknown>>
type Place = Pick<State, 'schema' | 'meta'>

/**
 * The parts of the runtime for a client whose columns are called otherwise than in the database: what is said to them is
 * said on in the database's names, and what is selected comes back in the client's. Below it, all is as without.
 */
export function columnNames(features: Features): Features {
  const { writes: Kind = Relation, rpc } = features
  class NamedRelation extends Kind {
    constructor(origin: Origin, meta: RelationMeta, property: string) {
      super(origin, meta, property)
      // biome-ignore lint/correctness/noConstructorReturn: whoever makes one gets one that translates
      return translated(this, { schema: origin.schema, meta })
    }
  }
  const calls: typeof rpc =
    rpc &&
    ((origin) => {
      const named = Object.create(null)
      for (const [name, call] of Object.entries(rpc(origin))) {
        const names = argumentNames(origin.schema.functions[name])
        named[name] = (args?: unknown) => {
          const query = call(names && args ? renamed(args as Named, names) : args)
          return translated(withAliases(query), query.state)
        }
      }
      return named
    })
  return { ...features, writes: NamedRelation, ...(calls && { rpc: calls }) }
}

/** The database's names of a function's arguments, all overloads together; none where nothing is called otherwise. */
function argumentNames(functions: SchemaMeta['functions'][string] | undefined): Names | undefined {
  const overloads = [functions ?? []].flat()
  const names = Object.assign({}, ...overloads.map((overload) => overload.names)) as Names
  return Object.keys(names).length > 0 ? names : undefined
}

type Names = Readonly<Record<string, string>>

function renamed(values: Named, names: Names): Named {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]),
  )
}

/** An object whose methods take the client's names, and give such objects. */
function translated<T extends object>(target: T, place: Place): T {
  return new Proxy(target, {
    get(_, key) {
      const method: unknown = Reflect.get(target, key, target)
      if (typeof method !== 'function') return method
      const translate = translations[String(key)] ?? asTheyAre
      return (...args: Arguments) => {
        const result: unknown = method.apply(target, translate(args, place))
        if (!(result instanceof Builder)) return result
        return translated(key === 'select' || key === 'returning' ? withAliases(result) : result, result.state)
      }
    },
  })
}

const asTheyAre = (args: Arguments): Arguments => args

type Translation = (args: Arguments, place: Place) => Arguments

const columns: Translation = (names, { meta }) => namesIn(meta, names)

const filters: Translation = (conditions, { meta }) => conditions.map((filter) => filterIn(meta, filter as Named))

const paths: Translation = ([named], { meta }) => [
  changed(named, ([column, ...path]: readonly unknown[]) => [nameIn(meta, column), ...path]),
]

const written: Translation = ([rows, options], { meta }) => {
  const { onConflict, ...rest } = (options ?? {}) as { onConflict?: readonly string[] }
  return [
    Array.isArray(rows) ? rows.map((row) => rowIn(meta, row)) : rowIn(meta, rows as Named),
    onConflict ? { ...rest, onConflict: namesIn(meta, onConflict) } : rest,
  ]
}

/** What each method's arguments are in the database's names. */
const translations: Readonly<Record<string, Translation>> = {
  select: columns,
  returning: columns,
  where: filters,
  or: filters,
  not: filters,
  json: paths,
  text: paths,
  aggregate: ([asked], { meta }) => [
    changed(asked, (one: unknown) => (one === 'count' ? one : changed(one, (column) => nameIn(meta, column)))),
  ],
  order: ([column, ...rest], { meta }) => [nameIn(meta, column), ...rest],
  orderBy: ([relationship, column, ...rest], place) => [
    relationship,
    nameIn(targetOf(place, relationship), column),
    ...rest,
  ],
  embed: ([embeds], place) => [changed(embeds, (what, name) => embeddableIn(place, name, what))],
  spread: ([name, what], place) => [name, embeddableIn(place, name, what)],
  insert: written,
  upsert: written,
  insertOrIgnore: written,
  update: ([changes], { meta }) => [rowIn(meta, changes as Named)],
}

/** The same keys with other values. */
function changed<A>(object: unknown, change: (value: A, key: string) => unknown): Named {
  return Object.fromEntries(
    Object.entries(object as Record<string, A>).map(([key, value]) => [key, change(value, key)]),
  )
}

function nameIn([, , , , , names = {}]: RelationMeta, name: unknown): string {
  return (Object.hasOwn(names, name as string) ? names[name as string] : name) as string
}

const namesIn = (meta: RelationMeta, names: Arguments): string[] => names.map((name) => nameIn(meta, name))

function rowIn(meta: RelationMeta, row: Named): Named {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [nameIn(meta, name), value]))
}

function filterIn(meta: RelationMeta, filter: Named): Named {
  const isColumn = (name: string) => meta[0].includes(name)
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => {
      if (/^\$(or|and)$/.test(name) && !isColumn(name))
        return [name, (value as Named[]).map((one) => filterIn(meta, one))]
      if (name === '$not' && !isColumn(name)) return [name, filterIn(meta, value as Named)]
      return [nameIn(meta, name), value]
    }),
  )
}

function targetOf({ schema, meta }: { schema: SchemaMeta; meta: RelationMeta }, relationship: unknown): RelationMeta {
  const link = (meta[3] || undefined)?.[relationship as string]
  const [target] = [link].flat() as [string?]
  return schema.relations[target ?? ''] ?? [[]]
}

/** Columns as a query of them, where they are called otherwise. */
function embeddableIn(place: Place, relationship: string | unknown, what: unknown): unknown {
  const meta = targetOf(place, relationship)
  if (!Array.isArray(what) || !what[0] || !meta[5]) return what
  return withAliases(new Builder({ ...(place as State), ...empty, meta }).select(...namesIn(meta, what)))
}

const empty = { ...nothing, limit: undefined, offset: undefined, inner: undefined } as unknown as typeof nothing

/** What is selected, under the client's names. */
function withAliases<B extends Builder>(query: B): B {
  const { meta, items } = query.state
  const own = new Map(Object.entries(meta[5] ?? {}).map(([name, column]) => [column, name]))
  const named = [...items].map(([key, item]) => {
    const name = own.get(key)
    return name === undefined
      ? ([key, item] as const)
      : ([name, { ...item, text: `${printName(name)}:${item.text}` }] as const)
  })
  return query.change({ items: new Map(named) })
}
