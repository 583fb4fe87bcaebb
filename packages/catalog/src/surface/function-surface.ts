import { bodyRefusal } from '../access/body.js'
import { innerDomainsOf, refusesNull, valueRefusal } from '../access/expressions.js'
import { firstIn, firstOf, type Refusal, refuse } from '../access/refusal.js'
import type { RelationAccess } from '../access/relation-access.js'
import type { Reading } from '../access/select/reading.js'
import type { Argument, Relation, Routine, TypeUse } from '../model/catalog.js'
import { type CatalogIndex, signatureOfRoutine } from '../model/index-catalog.js'
import { qualifiedName, splitQualifiedName } from '../postgres/names.js'
import { chosenBy } from './overloads.js'
import type { FunctionSurface, ReturnSurface } from './surface.js'

/** Types that take the whole body as a function's one unnamed argument. */
const bodyTypes = new Set(['bytea', 'json', 'jsonb', 'text', 'xml'].map((name) => `pg_catalog.${name}`))

const isInput = ({ mode }: Argument) => mode !== 'out' && mode !== 'table'

/** Whether SQL can call it in a query: no procedure, aggregate, or trigger's function. */
export function isQueryFunction({ kind, returns }: Routine): boolean {
  return kind === 'function' && !['trigger', 'event_trigger'].includes(returns.type.formatted)
}

/** Whether the API has a form for its arguments: all named, or one that takes the body. */
export function isCallable(routine: Routine): boolean {
  const unnamed = routine.arguments.filter((argument) => isInput(argument) && argument.name === '')
  if (unnamed.length === 0) return true
  const [only] = unnamed
  return unnamed.length === 1 && only !== undefined && !only.type.array && bodyTypes.has(only.type.type)
}

/**
 * Whether values from JSON can be given for what must be: they are cast to types, which polymorphic ones are not, and the
 * CHECKs of domains in these are the role's to call.
 */
export function takesValues(routine: Routine, reading: Reading): boolean {
  const required = routine.arguments.filter((argument) => isInput(argument) && isRequired(argument, reading))
  return required.every((argument) => takesValue(argument, reading))
}

function takesValue({ type }: Argument, { index, current }: Reading): boolean {
  if (index.types.get(type.type)?.kind === 'pseudo') return false
  const checks = innerDomainsOf(index, type).flatMap((domain) => domain.checks)
  return checks.every(({ functions }) => functions.every((signature) => current.mayExecute(signature)))
}

/**
 * USAGE on its schema, EXECUTE, USAGE on the schemas of the types that its required arguments are cast to, and what its body
 * needs.
 */
export function callRefusal(routine: Routine, access: RelationAccess): Refusal | null {
  const { reading } = access
  const { current } = reading
  const signature = signatureOfRoutine(routine)
  return firstOf(
    () => current.schemaRefusal(routine.schema),
    () => current.functionRefusal(signature),
    () =>
      firstIn(routine.arguments, (argument) =>
        isInput(argument) && isRequired(argument, reading) ? castRefusal(argument, reading) : null,
      ),
    () => bodyRefusal(routine, signature, access),
  )
}

/** An argument whose default calls what the role may not must be given. */
function isRequired(argument: Argument, { current }: Reading): boolean {
  return !argument.hasDefault || valueRefusal(current, argument.defaultUses, () => '') !== null
}

function castRefusal({ name, type }: Argument, { current }: Reading): Refusal | null {
  const { schema } = splitQualifiedName(type.type)
  if (current.mayUseSchema(schema)) return null
  const argument = name === '' ? 'its argument' : `its argument ${JSON.stringify(name)}`
  return refuse(
    'schema',
    () => `The type ${type.formatted} of ${argument} is in a schema that the role has no USAGE on.`,
  )
}

/**
 * One for each way in which a request of the API can mean this function, and none of its overloads; most have one way.
 * None: requests mean another one of its name.
 */
export function functionSurfaces(
  routine: Routine,
  reading: Reading,
  rowsOf: (relation: Relation) => ReturnSurface,
): readonly FunctionSurface[] {
  const inputs = routine.arguments.filter(isInput)
  const [body] = inputs.filter(({ name }) => name === '')
  const parameters = inputs
    .filter(({ name }) => name !== '')
    .map((argument) => ({ argument, required: isRequired(argument, reading) }))
    .filter(
      ({ argument, required }) =>
        required || (castRefusal(argument, reading) === null && takesValue(argument, reading)),
    )
  const ways = chosenBy(
    routine,
    reading.index.routinesByName.get(qualifiedName(routine.schema, routine.name)) ?? [],
    parameters.map(({ argument }) => argument.name),
    parameters.filter(({ required }) => required).map(({ argument }) => argument.name),
  )
  const returns = returnSurface(routine, reading.index, rowsOf)
  return ways.map(({ required, withheld }, way) => ({
    schema: routine.schema,
    name: routine.name,
    arguments: routine.identityArguments,
    isFurtherWay: way > 0,
    comment: routine.comment,
    parameters: parameters
      .filter(({ argument }) => !withheld.has(argument.name))
      .map(({ argument }) => ({
        name: argument.name,
        type: argument.type,
        required: required.has(argument.name),
        variadic: argument.mode === 'variadic',
        refusesNull: refusesNull(reading.index, argument.type),
      })),
    bodyType: body?.type ?? null,
    strict: routine.strict,
    readOnly: routine.volatility !== 'volatile',
    returns,
  }))
}

/** Rows come of OUT, INOUT and TABLE arguments, and of composite types; the result's columns need no grant. */
function returnSurface(
  routine: Routine,
  index: CatalogIndex,
  rowsOf: (relation: Relation) => ReturnSurface,
): ReturnSurface {
  const { type, set } = routine.returns
  const outputs = routine.arguments.filter(({ mode }) => mode === 'out' || mode === 'inout' || mode === 'table')
  if (outputs.length > 0) {
    const columns = outputs.map(({ name, type: output }, position) => ({
      name: name || `column${position + 1}`,
      type: output,
      nullable: true,
    }))
    return { kind: 'row', columns, set, relation: null }
  }
  if (type.formatted === 'void') return { kind: 'void' }
  const row = rowTypeOf(type, index)
  if (row === undefined) return { kind: 'value', type, set }
  if ('columns' in row) return { ...rowsOf(row), set } as ReturnSurface
  const columns = row.attributes.map(({ name, type: attribute }) => ({ name, type: attribute, nullable: true }))
  return { kind: 'row', columns, set, relation: null }
}

/** The relation or composite type behind a type, through domains. */
function rowTypeOf(use: TypeUse, index: CatalogIndex) {
  for (let next = use; !next.array; ) {
    const relation = index.relations.get(next.type)
    if (relation !== undefined) return relation
    const type = index.types.get(next.type)
    if (type?.kind === 'composite') return type
    if (type?.kind !== 'domain') return undefined
    next = type.base
  }
  return undefined
}
