// A surface of N relations with ten columns and two foreign keys each, made without a database: what the benchmarks of
// types and sizes emit clients from.

const scalar = (name, formatted = name) => ({ type: `pg_catalog.${name}`, array: false, formatted })
const status = { type: 'api.status', array: false, formatted: 'api.status' }

export const relationName = (index) => `entity_${String(index).padStart(4, '0')}`

const columns = (index) => [
  column('id', scalar('int4', 'integer'), { hasDefault: true, identity: 'always' }),
  column('name', scalar('text'), { comment: `Display name of entity ${index}` }),
  column('description', scalar('text'), { nullable: true }),
  column('status', status, { hasDefault: true, literalDefault: "'draft'::api.status" }),
  column('amount', scalar('numeric', 'numeric(10,2)'), { hasDefault: true, literalDefault: '0' }),
  column('is_active', scalar('bool', 'boolean'), { hasDefault: true, literalDefault: 'true' }),
  column('metadata', scalar('jsonb'), { nullable: true }),
  column('created_at', scalar('timestamptz', 'timestamp with time zone'), { hasDefault: true }),
  column('parent_id', scalar('int4', 'integer'), { nullable: true }),
  column('owner_id', scalar('int4', 'integer')),
]

function column(name, type, rest = {}) {
  return {
    name,
    type,
    nullable: false,
    hasDefault: false,
    literalDefault: null,
    generated: false,
    identity: null,
    refusesNull: false,
    jsonSchema: null,
    comment: null,
    ...rest,
  }
}

const parentOf = (index) => Math.floor((index - 1) / 3)

function relationship(kind, source, target, rest) {
  const [from, to] = [relationName(source), relationName(target)]
  return {
    kind,
    target: { schema: 'api', name: to },
    cardinality: kind === 'many-to-one' ? 'one' : 'many',
    nullable: false,
    columns: [],
    junction: null,
    hint: null,
    request: to,
    foreignKey: null,
    sourceHoldsKey: kind === 'many-to-one',
    source: from,
    ...rest,
  }
}

/** @returns {import('@rolecast/catalog').Surface} */
export function syntheticSurface(count, role = 'app_user') {
  const relationships = Array.from({ length: count }, () => [])
  for (let index = 1; index < count; index++) {
    const key = [['parent_id', 'id']]
    const parent = parentOf(index)
    relationships[index].push(
      relationship('many-to-one', index, parent, {
        nullable: true,
        columns: key,
        hint: 'parent_id',
        foreignKey: `${relationName(index)}_parent_id_fkey`,
      }),
    )
    relationships[parent].push(
      relationship('one-to-many', parent, index, { columns: [['id', 'parent_id']], hint: 'parent_id' }),
    )
  }
  for (let index = 2; index < count; index++) {
    const owner = index - 1
    relationships[index].push(
      relationship('many-to-one', index, owner, {
        columns: [['owner_id', 'id']],
        hint: 'owner_id',
        foreignKey: `${relationName(index)}_owner_id_fkey`,
      }),
    )
    relationships[owner].push(
      relationship('one-to-many', owner, index, { columns: [['id', 'owner_id']], hint: 'owner_id' }),
    )
  }
  return {
    role,
    schemas: [{ name: 'api', comment: null }],
    relations: relationships.map((links, index) => relation(index, links)),
    functions: [],
    sqlFunctions: [],
    operators: {},
    types: [{ kind: 'enum', schema: 'api', name: 'status', comment: null, labels: ['draft', 'active', 'archived'] }],
  }
}

function relation(index, relationships) {
  const all = columns(index)
  const names = all.map(({ name }) => name)
  const insert = names.filter((name) => !['id', 'is_active', 'created_at'].includes(name))
  return {
    schema: 'api',
    name: relationName(index),
    kind: 'table',
    comment: `Entity number ${index}`,
    isPartition: false,
    select: names,
    insert,
    checks: [],
    insertAlone: [],
    update: ['name', 'description', 'metadata'],
    updateAlone: ['name', 'description', 'metadata'],
    delete: index % 2 === 1,
    verdicts: {
      select: 'rows-restricted',
      insert: 'unrestricted',
      update: 'unrestricted',
      delete: index % 2 === 1 ? 'unrestricted' : 'never',
    },
    filter: names,
    required: ['name', 'owner_id'],
    maybeRequired: [],
    returning: { insert: names, update: names, delete: names },
    filtered: { update: true, delete: true },
    upsert: { merge: [], ignore: [] },
    wholeRow: true,
    columns: all,
    primaryKey: ['id'],
    uniqueKeys: [],
    relationships,
    computed: [],
  }
}
