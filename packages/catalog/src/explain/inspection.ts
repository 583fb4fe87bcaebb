import type { RelationKind } from '../model/catalog.js'
import { byNames } from '../postgres/names.js'
import type { RelationSurface, Surface } from '../surface/surface.js'

/** What `rolecast inspect --json` prints: the keys up to `delete`, and of functions up to `arguments`, are a contract. */
export interface Inspection {
  readonly role: string
  readonly relations: readonly RelationInspection[]
  readonly functions: readonly FunctionInspection[]
}

export interface RelationInspection {
  readonly schema: string
  readonly name: string
  readonly kind: RelationKind
  /** c for which `SELECT c FROM r` is not refused */
  readonly select: readonly string[]
  /** c for which `INSERT INTO r (c) VALUES (…)` is not refused */
  readonly insert: readonly string[]
  /** c for which `UPDATE r SET c = …` is not refused */
  readonly update: readonly string[]
  /** whether `DELETE FROM r` is not refused */
  readonly delete: boolean
  readonly verdicts: RelationSurface['verdicts']
  /** with values that come as JSON, and so are cast to the columns' types */
  readonly updating: readonly string[]
  readonly inserting: {
    readonly columns: readonly string[]
    readonly required: readonly string[]
    readonly maybeRequired: readonly string[]
  }
  readonly filter: readonly string[]
  readonly returning: RelationSurface['returning']
  readonly filtered: RelationSurface['filtered']
  readonly upsert: RelationSurface['upsert']
  /** unique keys that may be read: what conflicts are looked for on */
  readonly uniqueKeys: RelationSurface['uniqueKeys']
}

export interface FunctionInspection {
  readonly schema: string
  readonly name: string
  readonly arguments: string
  /** whether the API has a form for its arguments */
  readonly callableByApi: boolean
}

export function inspectionOf(surface: Surface): Inspection {
  const functions = [
    ...surface.functions
      .filter(({ isFurtherWay }) => !isFurtherWay)
      .map((item) => ({ ...named(item), callableByApi: true })),
    ...surface.sqlFunctions.map((item) => ({ ...named(item), callableByApi: false })),
  ]
  return {
    role: surface.role,
    relations: surface.relations.filter(allowsSomething).map(inspectRelation),
    functions: functions.sort(
      byNames(
        ({ schema }) => schema,
        ({ name }) => name,
        (item) => item.arguments,
      ),
    ),
  }
}

function named({ schema, name, arguments: signature }: { schema: string; name: string; arguments: string }) {
  return { schema, name, arguments: signature }
}

function allowsSomething({ select, insertAlone, updateAlone, delete: canDelete }: RelationSurface): boolean {
  return select.length > 0 || insertAlone.length > 0 || updateAlone.length > 0 || canDelete
}

function inspectRelation(relation: RelationSurface): RelationInspection {
  const { schema, name, kind, select, insert, insertAlone, update, updateAlone, delete: canDelete } = relation
  const { verdicts, required, maybeRequired, filter, returning, filtered, upsert, uniqueKeys } = relation
  return {
    schema,
    name,
    kind,
    select,
    insert: insertAlone,
    update: updateAlone,
    delete: canDelete,
    verdicts,
    updating: update,
    inserting: { columns: insert, required, maybeRequired },
    filter,
    returning,
    filtered,
    upsert,
    uniqueKeys,
  }
}
