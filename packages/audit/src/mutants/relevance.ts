import {
  type Catalog,
  type ExpressionUses,
  indexCatalog,
  type Relation,
  type Routine,
  signatureOfRoutine,
} from '@rolecast/catalog'
import { keyOfRelation } from '../rows/claims.js'
import type { Mutant } from './mutant.js'

/** What is asked: as which role, about which relation or function. */
export interface Question {
  readonly role: string
  /** as SQL names it */
  readonly object: string
}

/**
 * Which questions a mutant may answer otherwise: those whose object leads to what is changed, by views, policies, functions,
 * triggers, defaults and keys, and that are asked as a role that it concerns, or through an owner that it concerns. What
 * it leaves out cannot change.
 */
export class Relevance {
  readonly #leadsTo = [new Map<string, ReadonlySet<string>>(), new Map<string, ReadonlySet<string>>()] as const
  /** by foreign keys, which are checked with the rights of owners */
  readonly #keys: ReadonlyMap<string, readonly string[]>
  readonly #direct: ReadonlyMap<string, readonly string[]>
  readonly #has: ReadonlyMap<string, ReadonlySet<string>>
  readonly #acting: ReadonlySet<string>

  constructor(catalog: Catalog) {
    const { referencing } = indexCatalog(catalog)
    this.#keys = new Map(
      catalog.relations.map((relation): [string, readonly string[]] => {
        const key = keyOfRelation(relation)
        const parents = relation.constraints.flatMap(({ references }) =>
          references === null ? [] : [references.relation],
        )
        return [key, [...parents, ...(referencing.get(key) ?? []).map((item) => keyOfRelation(item.relation))]]
      }),
    )
    this.#direct = new Map([
      ...catalog.relations.map((relation): [string, readonly string[]] => [
        keyOfRelation(relation),
        [...ofRelation(relation), ...relation.columns.flatMap(({ type }) => ofDomain(catalog, type.type))],
      ]),
      ...catalog.routines.map((routine): [string, readonly string[]] => [
        signatureOfRoutine(routine),
        ofRoutine(catalog, routine),
      ]),
    ])
    this.#has = new Map(catalog.privileges.map(({ role, has }) => [role, new Set(has)]))
    this.#acting = new Set(
      [...catalog.relations, ...catalog.routines.filter(({ securityDefiner }) => securityDefiner)].flatMap(
        ({ owner }) => [owner, ...(this.#has.get(owner) ?? [])],
      ),
    )
  }

  isRelevant({ kind, relation, object, roles }: Mutant, question: Question): boolean {
    const isActing = roles.some((role) => this.#acting.has(role))
    const isConcerned = roles.length === 0 || isActing || roles.some((role) => this.isMember(question.role, role))
    if (!isConcerned) return false
    const target = relation ?? object
    // Schemas, sequences and memberships may matter anywhere.
    if (kind === 'membership' || !this.#direct.has(target)) return true
    return this.#all(question.object, roles.length === 0 || isActing).has(target)
  }

  private isMember(asking: string, role: string): boolean {
    return asking === role || this.#has.get(asking)?.has(role) === true
  }

  /** Whether what is answered about an object may depend on what is in a relation. */
  leadsTo(object: string, relation: string): boolean {
    return this.#all(object, false).has(relation)
  }

  /** @param byKeys also by foreign keys: their checks have the rights of owners, never those of who asks */
  #all(object: string, byKeys: boolean): ReadonlySet<string> {
    const all = this.#leadsTo[byKeys ? 1 : 0]
    const known = all.get(object)
    if (known !== undefined) return known
    const found = new Set([object])
    for (const name of found) {
      for (const next of this.#direct.get(name) ?? []) found.add(next)
      if (byKeys) for (const next of this.#keys.get(name) ?? []) found.add(next)
    }
    all.set(object, found)
    return found
  }
}

const ofUses = ({ functions, reads, sequences }: ExpressionUses): string[] => [
  ...functions,
  ...reads.map(({ relation }) => relation),
  ...sequences.map(({ sequence }) => sequence),
]

function ofDomain(catalog: Catalog, name: string): readonly string[] {
  const type = indexCatalog(catalog).types.get(name)
  if (type?.kind !== 'domain') return []
  return [...type.checks.flatMap(({ functions }) => functions), ...ofDomain(catalog, type.base.type)]
}

function ofRelation({
  view,
  policies,
  columns,
  constraints,
  triggers,
  rules,
  indexes,
  parents,
  partitionFunctions,
}: Relation): string[] {
  return [
    ...(view?.reads ?? []).map(({ relation }) => relation),
    ...(view?.functions ?? []),
    ...policies.flatMap(({ using, check }) =>
      [using, check].flatMap((expression) => (expression === null ? [] : ofUses(expression.uses))),
    ),
    ...columns.flatMap(({ defaultUses }) => ofUses(defaultUses)),
    ...constraints.flatMap(({ references, functions }) => [
      ...functions,
      ...(references === null ? [] : [references.relation]),
    ]),
    ...triggers.flatMap(({ function: name, conditionUses }) => [name, ...ofUses(conditionUses)]),
    ...rules.flatMap(({ uses }) => [
      ...uses.functions,
      ...uses.relations.map(({ relation }) => relation),
      ...uses.sequences.map(({ sequence }) => sequence),
    ]),
    ...indexes.flatMap(({ uses }) => ofUses(uses)),
    ...parents,
    ...partitionFunctions,
  ]
}

function ofRoutine(catalog: Catalog, routine: Routine): string[] {
  const { routinesByName, sequences } = indexCatalog(catalog)
  const code = catalog.security?.code[signatureOfRoutine(routine)]
  // What is put together at run time, or cannot be read, may lead anywhere.
  if (code === undefined || code.dynamicSql) return [...catalog.relations.map(keyOfRelation), ...sequences.keys()]
  return [
    ...code.relations,
    ...code.calls.flatMap((name) => (routinesByName.get(name) ?? []).map(signatureOfRoutine)),
    ...(routine.body?.functions ?? []),
    ...(routine.body?.relations ?? []).map(({ relation }) => relation),
    ...(routine.body?.sequences ?? []).map(({ sequence }) => sequence),
    ...routine.arguments.map(({ type }) => type.type),
    routine.returns.type.type,
  ]
}
