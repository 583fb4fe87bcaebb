import { type Catalog, indexCatalog, type Routine, signatureOfRoutine, type TypeUse } from '@rolecast/catalog'
import type { SeedRow } from '../rows/row.js'
import { candidatesFor } from '../rows/values.js'
import { primaryKey } from '../rows/world.js'
import type { Caller, Trial } from './permission-test.js'
import { callFunction, computeColumn } from './requests.js'

/** A function that is asked, and whether its rows can be counted in an answer of the API. */
export interface FunctionTrial {
  /** the function's */
  readonly name: string
  readonly trial: Trial
  readonly isCountable: boolean
}

/** Each function of the exposed schemas, called with keys of persona a's rows where its arguments look like keys. */
export function functionTrials(
  catalog: Catalog,
  caller: Caller,
  exposed: readonly string[],
  made: readonly SeedRow[],
): readonly FunctionTrial[] {
  return catalog.routines.flatMap((routine): FunctionTrial[] => {
    if (!isCalled(routine) || !exposed.includes(routine.schema) || routine.extension !== null) return []
    const object = signatureOfRoutine(routine)
    const base = { object, caller, setup: [], titles: ['may call it', 'may not call it'] as const }
    const inputs = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
    const [first, ...more] = inputs
    const row = first && more.length === 0 ? rowRelation(catalog, first.type) : undefined
    if (row !== undefined && exposed.includes(row.schema) && !routine.returns.set)
      return [{ trial: { ...base, steps: [computeColumn(row, routine)] }, isCountable: false, name: routine.name }]
    const given = inputs.filter(({ hasDefault, mode }) => !hasDefault && mode !== 'variadic')
    const variadic = inputs.filter(({ mode }) => mode === 'variadic')
    const values = [
      ...given.map(({ name, type }) => ({
        name,
        type,
        value: row === undefined ? argumentFor(catalog, name, type, made) : null,
      })),
      ...variadic.map(({ name, type }) => ({ name, type, value: '{}', isVariadic: true })),
    ]
    const returned = rowRelation(catalog, routine.returns.type)
    const isRow = returned !== undefined || routine.returns.type.formatted === 'record'
    const step = callFunction(routine, values, { isSet: routine.returns.set, isRow })
    return [
      {
        trial: { ...base, steps: [step] },
        name: routine.name,
        isCountable: routine.returns.set || (!isRow && routine.returns.type.formatted !== 'void'),
      },
    ]
  })
}

const isCalled = ({ kind, returns }: Routine) =>
  kind === 'function' && !/^(trigger|event_trigger|internal)$/.test(returns.type.formatted)

function rowRelation(catalog: Catalog, { type, array }: TypeUse) {
  return array ? undefined : indexCatalog(catalog).relations.get(type)
}

/** The key of a row whose table or column the argument is named after, or any value of the type. */
function argumentFor(catalog: Catalog, name: string, type: TypeUse, made: readonly SeedRow[]): string | null {
  const { relations } = indexCatalog(catalog)
  const own = made.filter(({ persona, varied }) => persona === 'a' && varied === null)
  const bare = name.replace(/^[_p]_+|_+$/g, '').toLowerCase()
  const stem = bare.replace(/_?(id|uuid|key)$/, '')
  for (const row of own) {
    const relation = relations.get(row.relation)
    const [key, ...more] = relation === undefined ? [] : primaryKey(relation)
    const column = relation?.columns.find((item) => item.name === key)
    if (relation === undefined || key === undefined || more.length > 0 || column?.type.formatted !== type.formatted)
      continue
    if (stem !== '' && relation.name.toLowerCase().startsWith(stem.replace(/y$/, ''))) return row.values[key] ?? null
  }
  for (const row of own) {
    const column = relations
      .get(row.relation)
      ?.columns.find((item) => item.name === bare && item.type.formatted === type.formatted)
    const value = column && row.values[column.name]
    if (value !== undefined && value !== null) return value
  }
  return candidatesFor(catalog, type, 90, [])[0] ?? null
}
