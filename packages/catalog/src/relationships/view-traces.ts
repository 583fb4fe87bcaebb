import type { QualifiedName, Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { qualifiedName } from '../postgres/names.js'

/** A view (or the relation itself) under whose names the columns of a base relation are seen. */
export interface Trace {
  readonly relation: QualifiedName
  /** no materialized view is between, whose rows may be of a time when others were there */
  readonly isCurrent: boolean
  /** what stands side by side here does so there: a view may join the base relation with itself */
  readonly isWhole: boolean
  /** column of the base relation → names it has here, in column order; several where a view has it several times */
  readonly columns: ReadonlyMap<string, readonly string[]>
}

/** By base relation: the views that pass on columns of it, directly or through other views. */
export function tracesOfViews(index: CatalogIndex, schemas: ReadonlySet<string>): Map<QualifiedName, Trace[]> {
  const traces = new Map<QualifiedName, Trace[]>()
  for (const [key, relation] of index.relations) {
    if (relation.view === null || !schemas.has(relation.schema)) continue
    for (const [base, { columns, isCurrent }] of columnsByBase(relation, index)) {
      const known = traces.get(base)
      const trace = { relation: key, columns, isCurrent, isWhole: false }
      if (known) known.push(trace)
      else traces.set(base, [trace])
    }
  }
  return traces
}

interface Passed {
  readonly columns: Map<string, string[]>
  isCurrent: boolean
}

function columnsByBase(view: Relation, index: CatalogIndex): Map<QualifiedName, Passed> {
  const bases = new Map<QualifiedName, Passed>()
  for (const [position, column] of view.columns.entries()) {
    const seen = new Set<QualifiedName>([qualifiedName(view.schema, view.name)])
    let origin = view.view?.origins[position] ?? null
    let isCurrent = view.kind !== 'materialized view'
    while (origin !== null && !seen.has(origin.relation)) {
      const { relation: base, column: name } = origin
      seen.add(base)
      const passed = bases.get(base) ?? { columns: new Map<string, string[]>(), isCurrent }
      bases.set(base, passed)
      passed.isCurrent &&= isCurrent
      passed.columns.set(name, [...(passed.columns.get(name) ?? []), column.name])
      const next = index.relations.get(base)
      isCurrent &&= next?.kind !== 'materialized view'
      const at = next?.columns.findIndex((candidate) => candidate.name === name) ?? -1
      origin = next?.view?.origins[at] ?? null
    }
  }
  return bases
}

/** Every way to see all of `columns` in a trace: one name for each. */
export function namesIn(trace: Trace, columns: readonly string[]): string[][] {
  return columns.reduce<string[][]>(
    (ways, column) => ways.flatMap((way) => (trace.columns.get(column) ?? []).map((name) => [...way, name])),
    [[]],
  )
}
