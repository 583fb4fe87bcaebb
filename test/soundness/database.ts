import { NameSource, quote } from './names.js'
import { Random } from './random.js'

export interface RandomRelation {
  readonly schema: string
  readonly name: string
  /** a value for each column, as SQL that needs no privilege */
  readonly columns: readonly { readonly name: string; readonly value: string }[]
}

export interface RandomDatabase {
  readonly sql: readonly string[]
  readonly cleanUp: readonly string[]
  readonly roles: readonly string[]
  readonly schemas: readonly string[]
  readonly relations: readonly RandomRelation[]
  readonly functions: readonly { readonly schema: string; readonly name: string; readonly identity: string }[]
}

interface Column {
  name: string
  type: 'integer' | 'text' | 'enum' | 'domain'
  value: string
  updatable: boolean
}

interface Relation {
  schema: string
  name: string
  kind: 'table' | 'view' | 'matview'
  columns: Column[]
}

/** A database made of everything that privileges depend on. The same seed gives the same statements. */
export function randomDatabase(seed: number, version: number): RandomDatabase {
  return new Maker(seed, version).make()
}

class Maker {
  readonly random: Random
  readonly names: NameSource
  readonly sql: string[] = []
  readonly late: string[] = []
  readonly roles: string[] = []
  readonly schemas: string[] = []
  readonly relations: Relation[] = []
  readonly functions: { schema: string; name: string; identity: string }[] = []
  /** functions by what they return, as SQL: immutable ones may stand in indexes and generated columns */
  readonly calls: { integer: string[]; boolean: string[]; text: string[] } = { integer: [], boolean: [], text: [] }
  readonly ofInteger: { call: (argument: string) => string; boolean: boolean }[] = []
  readonly sequences: string[] = []
  enumType = ''
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

  make(): RandomDatabase {
    this.makeRoles()
    this.makeSchemas()
    this.makeFunctions()
    this.makeTypes()
    this.makeSequences()
    for (let count = this.random.between(3, 5); count > 0; count -= 1) this.makeTable()
    this.makePartitioned()
    for (let count = this.random.between(5, 8); count > 0; count -= 1) this.makeView()
    for (let count = this.random.between(0, 2); count > 0; count -= 1) this.makeRule()
    this.makePolicies()
    this.makeGrants()
    return {
      sql: [...this.sql, ...this.late],
      cleanUp: [
        ...this.schemas.map((schema) => `DROP SCHEMA ${quote(schema)} CASCADE`),
        ...this.roles.map((role) => `DROP OWNED BY ${quote(role)}`),
        ...this.roles.map((role) => `DROP ROLE ${quote(role)}`),
      ],
      roles: this.roles,
      schemas: this.schemas,
      relations: this.relations.map(({ schema, name, columns }) => ({
        schema,
        name,
        columns: columns.map((column) => ({ name: column.name, value: column.value })),
      })),
      functions: this.functions,
    }
  }

  makeRoles(): void {
    for (let count = this.random.between(6, 8); count > 0; count -= 1) {
      const name = `s${this.seed}_${this.names.next('role')}`
      const options = [this.random.chance(0.3) ? 'NOINHERIT' : 'INHERIT', this.random.chance(0.1) ? 'BYPASSRLS' : '']
      this.sql.push(`CREATE ROLE ${quote(name)} ${options.join(' ')}`)
      for (const parent of this.random.some(this.roles, 0.2)) this.grantRole(quote(parent), name)
      if (this.random.chance(0.07)) this.grantRole('pg_read_all_data', name)
      if (this.random.chance(0.07)) this.grantRole('pg_write_all_data', name)
      this.roles.push(name)
    }
  }

  grantRole(parent: string, member: string): void {
    const options = this.version >= 16 ? ` WITH INHERIT ${this.random.chance(0.6)}, SET ${this.random.chance(0.7)}` : ''
    this.sql.push(`GRANT ${parent} TO ${quote(member)}${options}`)
  }

  makeSchemas(): void {
    for (let count = 3; count > 0; count -= 1) {
      const name = `s${this.seed}_${this.names.next('schema')}`
      this.sql.push(`CREATE SCHEMA ${quote(name)}`)
      if (this.random.chance(0.3)) {
        this.late.push(`ALTER SCHEMA ${quote(name)} OWNER TO ${quote(this.random.pick(this.roles))}`)
      }
      for (const grantee of this.grantees(0.5)) this.late.push(`GRANT USAGE ON SCHEMA ${quote(name)} TO ${grantee}`)
      this.schemas.push(name)
    }
  }

  grantees(probability: number): string[] {
    if (this.random.chance(probability / 4)) return ['PUBLIC']
    return this.random.some(this.roles, probability).map(quote)
  }

  makeFunctions(): void {
    for (const type of ['integer', 'integer', 'boolean', 'boolean', 'text'] as const) {
      const value = { integer: '1', boolean: 'true', text: `'x'` }[type]
      const call = this.makeFunction('', '', type, value)
      this.calls[type].push(`${call}()`)
    }
    for (const type of ['integer', 'boolean', 'integer', 'boolean'] as const) {
      const call = this.makeFunction(
        'n integer',
        'n integer',
        type,
        type === 'integer' ? '$1 + 1' : '$1 IS NOT NULL OR true',
        'IMMUTABLE',
      )
      this.ofInteger.push({ call: (argument) => `${call}(${argument})`, boolean: type === 'boolean' })
    }
    const schema = this.random.pick(this.schemas)
    this.triggerFunction = `${quote(schema)}.${quote(this.names.next('trigger'))}`
    this.sql.push(
      `CREATE FUNCTION ${this.triggerFunction}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$`,
    )
    if (this.random.chance(0.5)) this.late.push(`REVOKE EXECUTE ON FUNCTION ${this.triggerFunction}() FROM PUBLIC`)
  }

  makeFunction(parameters: string, identity: string, returns: string, body: string, volatility?: string): string {
    const schema = this.random.pick(this.schemas)
    const name = this.names.next('fn')
    const called = `${quote(schema)}.${quote(name)}`
    const kind = volatility ?? this.random.pick(['IMMUTABLE', 'STABLE', 'VOLATILE'])
    const security = this.random.chance(0.2) ? 'SECURITY DEFINER' : ''
    // Functions of a row stand in indexes and partition keys too, which a session keeps as the first role that came by
    // had them inlined: only plpgsql, which is never inlined, gives every session the same answers.
    const language = parameters === '' ? this.random.pick(['sql', 'plpgsql']) : 'plpgsql'
    const text = language === 'sql' ? `SELECT ${body}` : `BEGIN RETURN ${body}; END`
    this.sql.push(
      `CREATE FUNCTION ${called}(${parameters}) RETURNS ${returns} LANGUAGE ${language} ${kind} ${security} AS $$ ${text} $$`,
    )
    const types = identity.replace('n ', '')
    if (this.random.chance(0.5)) {
      this.late.push(`REVOKE EXECUTE ON FUNCTION ${called}(${types}) FROM PUBLIC`)
      for (const grantee of this.grantees(0.4))
        this.late.push(`GRANT EXECUTE ON FUNCTION ${called}(${types}) TO ${grantee}`)
    }
    if (this.random.chance(0.2)) {
      this.late.push(`ALTER FUNCTION ${called}(${types}) OWNER TO ${quote(this.random.pick(this.roles))}`)
    }
    this.functions.push({ schema, name, identity })
    return called
  }

  makeTypes(): void {
    this.enumType = `${quote(this.random.pick(this.schemas))}.${quote(this.names.next('enum'))}`
    this.sql.push(`CREATE TYPE ${this.enumType} AS ENUM ('a', 'b')`)
    for (let count = 2; count > 0; count -= 1) {
      const name = `${quote(this.random.pick(this.schemas))}.${quote(this.names.next('domain'))}`
      const base = this.random.chance(0.3) && this.domains[0] ? this.domains[0] : 'integer'
      const value = this.random.chance(0.4) ? `DEFAULT ${this.random.pick(this.calls.integer)}` : ''
      const check = this.random.chance(0.4) ? `CHECK (${this.booleanOf('VALUE')})` : ''
      this.sql.push(`CREATE DOMAIN ${name} AS ${base} ${value} ${check}`)
      this.domains.push(name)
    }
  }

  makeSequences(): void {
    for (let count = 2; count > 0; count -= 1) {
      const name = `${quote(this.random.pick(this.schemas))}.${quote(this.names.next('seq'))}`
      this.sql.push(`CREATE SEQUENCE ${name}`)
      for (const privilege of ['USAGE', 'UPDATE', 'SELECT']) {
        for (const grantee of this.grantees(0.2)) this.late.push(`GRANT ${privilege} ON SEQUENCE ${name} TO ${grantee}`)
      }
      this.sequences.push(name)
    }
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
    if (roll < 0.7) return `${column} > -1000`
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

  makeTable(): void {
    const schema = this.random.pick(this.schemas)
    const name = this.names.next('table')
    const table = `${quote(schema)}.${quote(name)}`
    const columns: Column[] = []
    const definitions: string[] = []
    const add = (column: Column, definition: string) => {
      columns.push(column)
      definitions.push(`${quote(column.name)} ${definition}`)
    }
    const id: Column = { name: this.names.next('id'), type: 'integer', value: '7', updatable: true }
    const key = this.random.pick([
      'integer PRIMARY KEY',
      'serial PRIMARY KEY',
      'integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
      'integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY',
      'integer',
    ])
    add(id, key)
    const plain: string[] = [quote(id.name)]
    for (let count = this.random.between(1, 4); count > 0; count -= 1) {
      const type = this.random.pick(['integer', 'integer', 'text', 'enum', 'domain'] as const)
      const column: Column = {
        name: this.names.next('c'),
        type,
        value: { integer: '7', text: `'t'`, enum: `'b'`, domain: '7' }[type],
        updatable: true,
      }
      const sqlType = type === 'enum' ? this.enumType : type === 'domain' ? this.random.pick(this.domains) : type
      add(column, `${sqlType} ${this.defaultOf(type)} ${this.random.chance(0.25) ? 'NOT NULL' : ''}`)
      if (type === 'integer') plain.push(quote(column.name))
    }
    if (this.random.chance(0.3)) {
      const argument = this.random.pick(plain)
      const expression = this.random.chance(0.6) ? this.integerOf(argument) : `${argument} * 2`
      add(
        { name: this.names.next('g'), type: 'integer', value: '7', updatable: false },
        `integer GENERATED ALWAYS AS (${expression}) STORED`,
      )
    }
    if (this.random.chance(0.25)) definitions.push(`CHECK (${this.booleanOf(this.random.pick(plain))})`)
    this.sql.push(`CREATE TABLE ${table} (${definitions.join(', ')})`)
    if (this.random.chance(0.2))
      this.sql.push(`CREATE INDEX ON ${table} ((${this.integerOf(this.random.pick(plain))}))`)
    this.sql.push(
      `INSERT INTO ${table} (${quote(id.name)}${this.required(columns, definitions)}) OVERRIDING SYSTEM VALUE VALUES (1000${this.requiredValues(columns, definitions)})`,
    )
    this.relations.push({ schema, name, kind: 'table', columns })
    if (this.random.chance(0.25)) this.makeTrigger(table, plain)
    this.own(`TABLE ${table}`)
  }

  required(columns: readonly Column[], definitions: readonly string[]): string {
    return this.mandatory(columns, definitions)
      .map(({ name }) => `, ${quote(name)}`)
      .join('')
  }
  requiredValues(columns: readonly Column[], definitions: readonly string[]): string {
    return this.mandatory(columns, definitions)
      .map(({ value }) => `, ${value.replace('7', '3')}`)
      .join('')
  }
  mandatory(columns: readonly Column[], definitions: readonly string[]): Column[] {
    return columns.filter((column, index) => index > 0 && column.updatable && definitions[index]?.endsWith('NOT NULL'))
  }

  makeTrigger(table: string, plain: readonly string[]): void {
    const event = this.random.pick(['INSERT', 'UPDATE', 'DELETE', 'INSERT OR UPDATE'])
    const when =
      this.random.chance(0.5) && !event.includes('DELETE')
        ? `WHEN (${this.booleanOf(`NEW.${this.random.pick(plain)}`)})`
        : ''
    const timing = this.random.pick(['BEFORE', 'AFTER'])
    const name = quote(this.names.next('tr'))
    this.sql.push(
      `CREATE TRIGGER ${name} ${timing} ${event} ON ${table} FOR EACH ROW ${when} EXECUTE FUNCTION ${this.triggerFunction}()`,
    )
  }

  defaultOf(type: Column['type']): string {
    if (this.random.chance(0.5)) return ''
    if (type === 'enum') return `DEFAULT 'a'`
    if (type === 'text') return `DEFAULT ${this.random.pick([`'x'`, ...this.calls.text])}`
    return `DEFAULT ${this.random.pick(['5', ...this.calls.integer, ...this.sequences.map((name) => `nextval('${name.replaceAll("'", "''")}')`)])}`
  }

  makePartitioned(): void {
    if (!this.random.chance(0.5)) return
    const schema = this.random.pick(this.schemas)
    const name = this.names.next('parted')
    const columns: Column[] = [
      { name: this.names.next('k'), type: 'integer', value: '7', updatable: true },
      { name: this.names.next('v'), type: 'text', value: `'t'`, updatable: true },
    ]
    const [key, value] = columns.map((column) => quote(column.name))
    const table = `${quote(schema)}.${quote(name)}`
    const by = this.random.chance(0.3) ? `(${this.integerOf(key ?? '')})` : key
    this.sql.push(`CREATE TABLE ${table} (${key} integer, ${value} text) PARTITION BY RANGE (${by})`)
    this.relations.push({ schema, name, kind: 'table', columns })
    const part = { schema: this.random.pick(this.schemas), name: this.names.next('part') }
    const partTable = `${quote(part.schema)}.${quote(part.name)}`
    this.sql.push(`CREATE TABLE ${partTable} PARTITION OF ${table} DEFAULT`)
    this.sql.push(`INSERT INTO ${table} VALUES (1000, 'x')`)
    this.relations.push({ ...part, kind: 'table', columns })
    this.own(`TABLE ${table}`)
    this.own(`TABLE ${partTable}`)
  }

  own(what: string): void {
    if (this.random.chance(0.5)) this.late.push(`ALTER ${what} OWNER TO ${quote(this.random.pick(this.roles))}`)
  }

  makeView(): void {
    const readable = this.relations.filter(({ columns }) => columns.length > 0)
    const base = this.random.pick(readable)
    const schema = this.random.pick(this.schemas)
    const name = this.names.next('view')
    const view = `${quote(schema)}.${quote(name)}`
    const from = `${quote(base.schema)}.${quote(base.name)} t`
    const [first] = base.columns
    if (first === undefined) return
    const integer = base.columns.find(({ type }) => type === 'integer')
    const kept = this.random.some(base.columns, 0.7)
    const columns: Column[] = (kept.length > 0 ? kept : [first]).map((column) => ({
      ...column,
      name: this.random.chance(0.3) ? this.names.next('w') : column.name,
    }))
    const targets = (kept.length > 0 ? kept : [first]).map(
      (column, index) => `t.${quote(column.name)} AS ${quote(columns[index]?.name ?? '')}`,
    )
    if (this.random.chance(0.4)) {
      const expression = this.random.pick([
        ...this.calls.integer,
        '1',
        ...(integer ? [this.integerOf(`t.${quote(integer.name)}`)] : []),
        `(SELECT count(*)::int FROM ${this.otherTable()})`,
      ])
      const computed = this.names.next('x')
      columns.push({ name: computed, type: 'integer', value: '7', updatable: false })
      targets.push(`${expression} AS ${quote(computed)}`)
    }
    const shape = this.random.number()
    const where = this.random.chance(0.5)
      ? `WHERE ${this.condition(integer ? `t.${quote(integer.name)}` : '1', this.random.chance(0.5) ? readable : [])}`
      : ''
    const options = [
      ...(this.version >= 15 && this.random.chance(0.35) ? ['security_invoker = true'] : []),
      ...(this.random.chance(0.15) ? ['security_barrier = true'] : []),
    ]
    const withOptions = options.length > 0 ? `WITH (${options.join(', ')})` : ''
    if (shape < 0.1) {
      this.sql.push(`CREATE MATERIALIZED VIEW ${view} AS SELECT ${targets.join(', ')} FROM ${from} ${where}`)
      this.relations.push({ schema, name, kind: 'matview', columns })
      this.own(`MATERIALIZED VIEW ${view}`)
      return
    }
    const other = this.random.pick(readable)
    const join = `${quote(other.schema)}.${quote(other.name)} o`
    const joined = shape >= 0.2 ? '' : this.random.chance(0.5) ? ` LEFT JOIN ${join} ON true` : ` CROSS JOIN ${join}`
    if (shape >= 0.2 && shape < 0.3) {
      const counted = this.names.next('n')
      const [group] = columns
      const [target] = targets
      const sum =
        this.random.chance(0.5) && integer ? `sum(${this.integerOf(`t.${quote(integer.name)}`)})::int` : 'count(*)::int'
      this.sql.push(
        `CREATE VIEW ${view} ${withOptions} AS SELECT ${target}, ${sum} AS ${quote(counted)} FROM ${from} ${where} GROUP BY t.${quote((kept[0] ?? first).name)}`,
      )
      this.relations.push({
        schema,
        name,
        kind: 'view',
        columns: [...(group ? [group] : []), { name: counted, type: 'integer', value: '7', updatable: false }],
      })
      this.own(`VIEW ${view}`)
      return
    }
    const distinct = shape >= 0.3 && shape < 0.35 ? 'DISTINCT ' : ''
    const limit = shape >= 0.35 && shape < 0.4 ? ' LIMIT 10' : ''
    const check = !joined && !distinct && !limit && where && this.random.chance(0.15) ? ' WITH CHECK OPTION' : ''
    const text = `CREATE VIEW ${view} ${withOptions} AS SELECT ${distinct}${targets.join(', ')} FROM ${from}${joined} ${where}${limit}${check}`
    this.sql.push(
      check
        ? `DO $make$ BEGIN EXECUTE ${literal(text)}; EXCEPTION WHEN OTHERS THEN EXECUTE ${literal(text.replace(check, ''))}; END $make$`
        : text,
    )
    this.relations.push({ schema, name, kind: 'view', columns })
    const [viewColumn] = columns
    if (this.random.chance(0.1) && viewColumn?.type === 'integer') {
      this.sql.push(
        `ALTER VIEW ${view} ALTER COLUMN ${quote(viewColumn.name)} SET DEFAULT ${this.random.pick(this.calls.integer)}`,
      )
    }
    if (this.random.chance(0.2)) {
      const event = this.random.pick(['INSERT', 'UPDATE', 'DELETE', 'INSERT OR UPDATE OR DELETE'])
      this.sql.push(
        `CREATE TRIGGER ${quote(this.names.next('tr'))} INSTEAD OF ${event} ON ${view} FOR EACH ROW EXECUTE FUNCTION ${this.triggerFunction}()`,
      )
    }
    this.own(`VIEW ${view}`)
  }

  /** A rule that writes to a table that has none itself, so that rules never lead back to themselves. */
  makeRule(): void {
    const target = this.random.pick(
      this.relations.filter((relation) => relation.kind !== 'matview' && !this.ruled.has(relation)),
    )
    const tables = this.relations.filter(({ kind }) => kind === 'table')
    const free = tables.filter((relation) => relation !== target && !this.ruled.has(relation))
    if (free.length === 0) return
    const base = this.random.pick(free)
    this.ruled.add(target).add(base)
    const event = this.random.pick(['INSERT', 'UPDATE', 'DELETE'])
    const on = `${quote(base.schema)}.${quote(base.name)}`
    const column = base.columns.find(({ updatable }) => updatable)
    if (column === undefined) return
    const where =
      event !== 'INSERT' && target.kind === 'table' && this.random.chance(0.5)
        ? `WHERE OLD.${quote(target.columns[0]?.name ?? '')} IS NOT NULL`
        : ''
    const action = this.random.pick([
      `UPDATE ${on} SET ${quote(column.name)} = ${column.value} ${where}`,
      `DELETE FROM ${on} ${where}`,
    ])
    const also = target.kind === 'table' ? 'ALSO' : 'INSTEAD'
    this.sql.push(
      `CREATE RULE ${quote(this.names.next('rule'))} AS ON ${event} TO ${quote(target.schema)}.${quote(target.name)} DO ${also} ${action}`,
    )
  }

  otherTable(): string {
    const table = this.random.pick(this.relations.filter(({ kind }) => kind === 'table'))
    return `${quote(table.schema)}.${quote(table.name)}`
  }

  makePolicies(): void {
    const tables = this.relations.filter(({ kind }) => kind === 'table')
    for (const [position, relation] of tables.entries()) {
      const table = `${quote(relation.schema)}.${quote(relation.name)}`
      // policies on a table with rules are also looked at for the rules' actions, needed or not
      if (this.ruled.has(relation) || !this.random.chance(0.5)) continue
      this.late.push(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`)
      if (this.random.chance(0.3)) this.late.push(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`)
      const integer = relation.columns.find(({ type }) => type === 'integer')
      // reading only earlier tables keeps policies from leading back to themselves
      const condition = () => this.condition(integer ? quote(integer.name) : '1', tables.slice(0, position))
      for (let count = this.random.between(0, 4); count > 0; count -= 1) {
        const command = this.random.pick(['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE'])
        const to = this.random.chance(0.4)
          ? 'PUBLIC'
          : this.random.some(this.roles, 0.4).map(quote).join(', ') || 'PUBLIC'
        const using = command === 'INSERT' ? '' : ` USING (${condition()})`
        const check =
          command !== 'SELECT' && command !== 'DELETE' && this.random.chance(0.6) ? ` WITH CHECK (${condition()})` : ''
        const kind = this.random.chance(0.75) ? 'PERMISSIVE' : 'RESTRICTIVE'
        this.late.push(
          `CREATE POLICY ${quote(this.names.next('policy'))} ON ${table} AS ${kind} FOR ${command} TO ${to}${using}${check}`,
        )
      }
    }
  }

  makeGrants(): void {
    for (const relation of this.relations) {
      const name = `${quote(relation.schema)}.${quote(relation.name)}`
      for (const privilege of ['SELECT', 'INSERT', 'UPDATE', 'DELETE']) {
        for (const grantee of this.grantees(0.35)) this.late.push(`GRANT ${privilege} ON ${name} TO ${grantee}`)
        if (privilege === 'DELETE') continue
        for (const column of this.random.some(relation.columns, 0.3)) {
          for (const grantee of this.grantees(0.25)) {
            this.late.push(`GRANT ${privilege} (${quote(column.name)}) ON ${name} TO ${grantee}`)
          }
        }
      }
    }
  }
}

function literal(text: string): string {
  return `$text$${text}$text$`
}
