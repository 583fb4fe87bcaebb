import { NameSource, quote } from './names.js'
import { Random } from './random.js'

export interface Column {
  name: string
  type: 'integer' | 'text' | 'enum' | 'domain' | 'composite'
  value: string
  updatable: boolean
}

export interface Relation {
  schema: string
  name: string
  kind: 'table' | 'view' | 'matview' | 'foreign'
  columns: Column[]
  /** a column that foreign keys may reference */
  key?: string
  /** other tables may inherit from it */
  inheritable?: boolean
}

export interface RandomFunction {
  readonly schema: string
  readonly name: string
  /** a value for its one argument, `n`, if it has one: as SQL that needs no privilege but on its type, and as JSON */
  readonly argument: { readonly sql: string; readonly json: unknown } | null
}

/** A function of a relation's row: a computed field, or a computed relationship if it returns rows of a relation. */
export interface RowFunction {
  readonly name: string
  readonly of: Relation
  readonly target: Relation | null
}

/** What has been made so far, and the statements that make it. */
export class Draft {
  readonly random: Random
  readonly names: NameSource
  readonly sql: string[] = []
  readonly late: string[] = []
  readonly cleanUp: string[] = []
  readonly roles: string[] = []
  /** by role, as SQL: one that may grant it */
  readonly admins = new Map<string, string>()
  readonly schemas: string[] = []
  readonly relations: Relation[] = []
  readonly functions: RandomFunction[] = []
  readonly rowFunctions: RowFunction[] = []
  /** functions by what they return, as SQL: immutable ones may stand in indexes and generated columns */
  readonly calls: { integer: string[]; boolean: string[]; text: string[] } = { integer: [], boolean: [], text: [] }
  readonly ofInteger: { call: (argument: string) => string; boolean: boolean }[] = []
  readonly sequences: string[] = []
  enumType = ''
  compositeType = ''
  readonly domains: string[] = []
  triggerFunction = ''
  readonly ruled = new Set<Relation>()

  constructor(
    readonly seed: number,
    readonly version: number,
  ) {
    this.random = new Random(seed * 7919 + version)
    this.names = new NameSource(this.random)
  }

  grantees(probability: number): string[] {
    if (this.random.chance(probability / 4)) return ['PUBLIC']
    return this.random.some(this.roles, probability).map(quote)
  }

  booleanOf(argument: string): string {
    return this.random.pick(this.ofInteger.filter(({ boolean }) => boolean)).call(argument)
  }

  integerOf(argument: string): string {
    return this.random.pick(this.ofInteger.filter(({ boolean }) => !boolean)).call(argument)
  }

  /** A condition on rows that has an integer column: constant, a function's, or a sub-select's. */
  condition(column: string, tables: readonly Relation[]): string {
    const roll = this.random.number()
    if (roll < 0.2) return 'true'
    if (roll < 0.3) return 'false'
    if (roll < 0.45) return this.random.pick(this.calls.boolean)
    if (roll < 0.6) return this.booleanOf(column)
    if (roll < 0.64) return `${column} > -1000`
    if (roll < 0.66) return `CASE WHEN ${column} IS NULL THEN true ELSE ${this.booleanOf(column)} END`
    if (roll < 0.68) return `CASE WHEN 1 = 1 THEN true ELSE ${this.booleanOf(column)} END`
    if (roll < 0.7) return `coalesce(${this.booleanOf(column)}, false) OR 1 = 0`
    if (roll < 0.78) return `true OR ${this.random.pick(this.calls.boolean)}`
    const table = tables.length > 0 ? this.random.pick(tables) : undefined
    const [inner] = table ? this.random.some(table.columns, 0.5) : []
    if (table === undefined) return 'true'
    const from = `${quote(table.schema)}.${quote(table.name)} q`
    const where = inner ? `WHERE q.${quote(inner.name)}::text <> ''` : ''
    return this.random.chance(0.7)
      ? `EXISTS (SELECT 1 FROM ${from} ${where})`
      : `(SELECT count(*) FROM ${from} ${where}) >= 0`
  }

  otherTable(): string {
    const table = this.random.pick(this.relations.filter(({ kind }) => kind === 'table'))
    return `${quote(table.schema)}.${quote(table.name)}`
  }

  /** Gives it to a role, who may have lost privileges on it since. */
  own(what: string, relation: string): void {
    if (!this.random.chance(0.5)) return
    const owner = quote(this.random.pick(this.roles))
    this.late.push(`ALTER ${what} ${relation} OWNER TO ${owner}`)
    if (!this.random.chance(0.15)) return
    const lost = this.random.some(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'REFERENCES'], 0.4).join(', ') || 'ALL'
    this.late.push(`REVOKE ${lost} ON ${relation} FROM ${owner}`)
  }
}
