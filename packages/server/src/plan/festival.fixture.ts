import { type Catalog, qualifiedName, type Relation, type Relationship, type Routine } from '@rolecast/catalog'
import { mediaHandlersOf } from '../schema-cache/media-handlers.js'
import type { CachedColumn, CachedRelation, CachedRoutine, SchemaCache } from '../schema-cache/schema-cache.js'

/** A small schema cache for tests of planning and compiling: stages, the acts on them, their members. */
export function festivalCache(): SchemaCache {
  const catalog = { types: [], routines: [], relations: [], casts: [] } as unknown as Catalog
  const stages = relation('stages', { id: 'integer', name: 'text' })
  const acts = relation('acts', {
    id: 'integer',
    name: 'text',
    stage_id: 'integer',
    rider: 'jsonb',
    words: 'tsvector',
    colour: 'fest.colour',
  })
  const members = relation('members', { act_id: 'integer', person_id: 'integer' })
  const people = relation('people', { id: 'integer', name: 'text' })
  const all = [stages, acts, members, people]
  return {
    catalog,
    relations: new Map(all.map((one) => [one.key, one])),
    codeResidue: 'code',
    relationships: new Map([
      [acts.key, [toOne('acts', 'stages', 'acts_stage_id_fkey', ['stage_id', 'id']), manyToMany()]],
      [stages.key, [toMany('stages', 'acts', 'acts_stage_id_fkey', ['id', 'stage_id'])]],
    ]),
    routines: new Map([
      [
        qualifiedName('fest', 'add'),
        [
          routine('add', [
            ['a', 'integer', true],
            ['b', 'integer', false],
          ]),
        ],
      ],
      [qualifiedName('fest', 'whole'), [routine('whole', [['', 'json', true]])]],
      [qualifiedName('fest', 'acts_on'), [routine('acts_on', [['stage', 'integer', true]], acts.key)]],
      [
        qualifiedName('fest', 'pick'),
        [
          routine('pick', [['x', 'integer', true]]),
          routine('pick', [
            ['x', 'integer', true],
            ['y', 'text', false],
          ]),
        ],
      ],
    ]),
    handlers: mediaHandlersOf(catalog, ['fest'], qualifiedName),
    representations: {
      toJson: new Map([['fest.colour', '"fest"."json"']]),
      fromJson: new Map([['fest.colour', '"fest"."colour"']]),
      fromText: new Map([['fest.colour', '"fest"."colour"']]),
    },
  }
}

function relation(name: string, types: Record<string, string>): CachedRelation {
  const columns = new Map(
    Object.entries(types).map(([column, type]): [string, CachedColumn] => [
      column,
      {
        name: column,
        type,
        typeKey: type.includes('.') ? type : `pg_catalog.${type}`,
        baseType: type,
        default: column === 'id' ? 'nextval(1)' : null,
      },
    ]),
  )
  const relation = { view: null, updatable: { insert: true, update: true, delete: true } } as unknown as Relation
  const primaryKey = columns.has('id') ? ['id'] : []
  return {
    key: qualifiedName('fest', name),
    schema: 'fest',
    name,
    columns,
    primaryKey,
    showsAll: true,
    runsCode: { read: { runs: false, advances: false }, write: { runs: false, advances: false } },
    relation,
  }
}

function relationship(source: string, target: string, others: Partial<Relationship>): Relationship {
  return {
    kind: 'many-to-one',
    source: qualifiedName('fest', source),
    target: qualifiedName('fest', target),
    name: '',
    columns: [],
    sourceHoldsKey: false,
    isCertain: false,
    isToOne: false,
    isSelf: false,
    junction: null,
    computed: null,
    ...others,
  }
}

function toOne(source: string, target: string, name: string, columns: [string, string]): Relationship {
  return relationship(source, target, {
    kind: 'many-to-one',
    name,
    columns: [columns],
    sourceHoldsKey: true,
    isToOne: true,
  })
}

function toMany(source: string, target: string, name: string, columns: [string, string]): Relationship {
  return relationship(source, target, { kind: 'one-to-many', name, columns: [columns] })
}

function manyToMany(): Relationship {
  return relationship('acts', 'people', {
    kind: 'many-to-many',
    junction: {
      relation: qualifiedName('fest', 'members'),
      constraints: ['members_act_id_fkey', 'members_person_id_fkey'],
      sourceColumns: [['id', 'act_id']],
      targetColumns: [['id', 'person_id']],
    },
  })
}

function routine(name: string, parameters: [string, string, boolean][], returned?: string): CachedRoutine {
  const type = { type: returned ?? 'pg_catalog.int4', array: false, formatted: returned ?? 'integer' }
  return {
    schema: 'fest',
    name,
    parameters: parameters.map(([parameter, of, required]) => ({
      name: parameter,
      type: of,
      required,
      variadic: false,
    })),
    returns: {
      kind: returned === undefined ? 'scalar' : 'composite',
      set: returned !== undefined,
      relation: returned ?? null,
      columns: null,
      type,
    },
    routine: {
      volatility: 'stable',
      settings: [],
      arguments: [],
    } as unknown as Routine,
  }
}
