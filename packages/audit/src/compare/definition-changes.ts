import {
  type Catalog,
  type CatalogIndex,
  indexCatalog,
  type QualifiedName,
  qualifiedName,
  quoteIdentifier,
  type Relation,
  type RolePrivileges,
  type Routine,
  type Signature,
} from '@rolecast/catalog'
import { baseTablesOf } from '../lints/views/base-tables.js'
import { isUnderPolicies } from '../policies/policies-of.js'
import type { Cell, Change, Grade } from './change.js'

/**
 * Functions and views that are there on both sides and do something else now. Nobody can tell by the surfaces what that
 * opens. Of functions, those that a role may call and those that its writes fire; of views, those that it has a privilege on.
 */
export function definitionChanges(
  before: Catalog,
  after: Catalog,
  role: string,
  member: (cell: Cell) => string,
): readonly Change[] {
  const [was, is] = [indexCatalog(before), indexCatalog(after)]
  const held = is.privileges.get(role)
  if (held === undefined) return []
  const change = (cell: Cell, grade: Grade, what: readonly string[], why: string): Change[] =>
    what.length === 0
      ? []
      : [
          {
            role,
            ...cell,
            change: 'type',
            grade,
            message: `${cell.object}: ${what.join(', ')}${why}.`,
            member: member(cell),
          },
        ]
  const functions = routinesOf(held, is).flatMap(([signature, cell]) => {
    const [from, to] = [was.routines.get(signature), is.routines.get(signature)]
    if (from === undefined || to === undefined || to.extension !== null) return []
    const grade = from.securityDefiner || to.securityDefiner ? 'dangerous' : 'review'
    const name = cell.verb === 'execute' ? '' : `its trigger function ${signature}: `
    const why = to.securityDefiner ? `; it runs with the rights of ${quoteIdentifier(to.owner)}` : ''
    const [first, ...others] = routineDifferences(from, to)
    return change(cell, grade, first === undefined ? [] : [`${name}${first}`, ...others], why)
  })
  const views = after.relations.flatMap((to) => {
    const object = qualifiedName(to.schema, to.name)
    const from = was.relations.get(object)
    if (from?.view == null || to.view === null || held.relations[object] === undefined) return []
    const passed = passedBy(to, is)
    const why = passed.length === 0 ? '' : `; it reads ${passed.join(', ')} around the policies`
    return change(
      { object, verb: 'select' },
      passed.length === 0 ? 'review' : 'dangerous',
      viewDifferences(from, to),
      why,
    )
  })
  return [...functions, ...views]
}

/** Each with the cell that its change is told of. */
function routinesOf(held: RolePrivileges, index: CatalogIndex): readonly (readonly [Signature, Cell])[] {
  const called = held.routines.map((signature) => [signature, { object: signature, verb: 'execute' } as const] as const)
  const fired = (Object.keys(held.relations) as QualifiedName[]).flatMap((object) =>
    (index.relations.get(object)?.triggers ?? []).flatMap(({ function: signature, events }) => {
      const verb = events.find((event) => event !== 'truncate')
      return verb === undefined || held.routines.includes(signature) ? [] : [[signature, { object, verb }] as const]
    }),
  )
  return [...called, ...fired]
}

function routineDifferences(from: Routine, to: Routine): readonly string[] {
  const settings = ({ settings: all }: Routine) =>
    all
      .map(({ name, value }) => `${name} = ${value}`)
      .sort()
      .join('; ')
  return [
    ...(isOtherText(from.bodyHash, to.bodyHash) ? ['it has another body'] : []),
    ...(from.language === to.language ? [] : [`it is written in ${to.language}, not ${from.language}`]),
    ...(from.securityDefiner === to.securityDefiner
      ? []
      : [to.securityDefiner ? 'it became SECURITY DEFINER' : 'it became SECURITY INVOKER']),
    ...ownerDifference(from, to, from.securityDefiner && to.securityDefiner),
    ...(settings(from) === settings(to) ? [] : [`it runs with ${settings(to) || 'no settings of its own'}`]),
    ...(from.volatility === to.volatility ? [] : [`it is ${to.volatility}, and was ${from.volatility}`]),
  ]
}

/** Catalogs of older versions do not tell. */
const isOtherText = (from: string | undefined, to: string | undefined) =>
  from !== undefined && to !== undefined && from !== to

function viewDifferences(from: Relation, to: Relation): readonly string[] {
  return [
    ...(from.view?.text === to.view?.text ? [] : ['the view has another definition']),
    ...(from.securityInvoker === to.securityInvoker
      ? []
      : [to.securityInvoker ? 'it reads with the rights of whoever asks' : 'it reads with the rights of its owner']),
    ...ownerDifference(from, to, !to.securityInvoker),
    ...(from.securityBarrier && !to.securityBarrier ? ['it is no security barrier any more'] : []),
    ...(from.checkOption !== null && to.checkOption === null ? ['it takes rows that it does not show'] : []),
  ]
}

function ownerDifference(from: { owner: string }, to: { owner: string }, isTelling: boolean): readonly string[] {
  return isTelling && from.owner !== to.owner
    ? [`its owner is ${quoteIdentifier(to.owner)}, not ${quoteIdentifier(from.owner)}`]
    : []
}

/** Tables behind a view whose policies do not hold the owner whose rights count for them. */
function passedBy(view: Relation, index: CatalogIndex): readonly QualifiedName[] {
  const hasRole = (role: string, other: string) =>
    role === other || (index.privileges.get(role)?.has.includes(other) ?? false)
  return baseTablesOf(view, { index })
    .filter(
      ({ table, as }) => as !== null && table.rowSecurity.enabled && !isUnderPolicies(table, as, { index, hasRole }),
    )
    .map(({ key }) => key)
}
