import { type EffectivePrivileges, keyOf } from '../access/effective-privileges.js'
import { type Decision, factsOf, type Refusal } from '../access/refusal.js'
import { RelationAccess } from '../access/relation-access.js'
import { Reading } from '../access/select/reading.js'
import type { Catalog, Relation, Routine } from '../model/catalog.js'
import { indexCatalog } from '../model/index-catalog.js'
import { quoteIdentifier } from '../postgres/names.js'
import { callRefusal, isCallable, isQueryFunction } from '../surface/function-surface.js'
import type { SurfaceOptions } from '../surface/surface-options.js'
import { groundsOf, rowSecurityFact } from './grounds.js'
import { type Question, readQuestion } from './question.js'

/** The chain of facts behind one answer of a surface. For those who may see everything: it names what the role may not. */
export interface Explanation {
  readonly role: string
  readonly what: string
  readonly allowed: boolean
  readonly facts: readonly string[]
}

/**
 * Why a role may or may not: `api.orders.insert`, `api.orders.cost.select`, `api.login`.
 *
 * @throws UnknownQuestionError, UnknownNameError, MissingPrivilegesError
 */
export function whyOf(catalog: Catalog, role: string, what: string, options: SurfaceOptions): Explanation {
  const index = indexCatalog(catalog)
  const access = new RelationAccess(new Reading(index, role))
  const question = readQuestion(what, index)
  const { allowed, facts } =
    question.kind === 'function' ? explainFunctions(question.routines, access) : explainRelation(question, access)
  const schema = question.kind === 'function' ? question.routines[0]?.schema : question.relation.schema
  const exposed = schema !== undefined && options.schemas.includes(schema)
  const hidden = exposed ? [] : [`The API does not expose the schema ${quoteIdentifier(schema ?? '')}.`]
  const answer = `${quoteIdentifier(role)} ${allowed && exposed ? 'may' : 'may not'}: ${what}`
  return { role, what, allowed: allowed && exposed, facts: [answer, ...hidden, ...facts] }
}

interface Answer {
  readonly allowed: boolean
  readonly facts: string[]
}

function explainFunctions(routines: readonly Routine[], access: RelationAccess): Answer {
  const { current } = access.reading
  const parts = routines.map((routine): Answer => {
    const signature = `${routine.schema}.${routine.name}(${routine.identityArguments})`
    if (!isQueryFunction(routine)) {
      return { allowed: false, facts: [`${signature} is no function that a request can call.`] }
    }
    const refusal = callRefusal(routine, access)
    if (refusal) return { allowed: false, facts: factsOf(refusal) }
    const grounds = groundsOf(current, routine, 'EXECUTE', true)
    const form = isCallable(routine) ? [] : [`The API has no form for its unnamed arguments: only SQL can call it.`]
    const security = routine.securityDefiner
      ? [`It runs as its owner ${quoteIdentifier(routine.owner)} (SECURITY DEFINER).`]
      : []
    const facts = [schemaFact(current, routine.schema), `EXECUTE on ${signature}: ${grounds}.`, ...security, ...form]
    return { allowed: true, facts }
  })
  return { allowed: parts.some(({ allowed }) => allowed), facts: parts.flatMap(({ facts }) => facts) }
}

type RelationQuestion = Extract<Question, { kind: 'relation' }>

function explainRelation({ relation, verb, column }: RelationQuestion, access: RelationAccess): Answer {
  const { current } = access.reading
  const decide = (name: string): Decision => {
    if (verb === 'delete') return access.delete(relation)
    return access[verb](relation, [name])
  }
  const columns = verb === 'delete' ? [''] : column === null ? relation.columns.map(({ name }) => name) : [column]
  const decisions = columns.map((name) => ({ name, ...decide(name) }))
  const allowed = decisions.filter(({ refusal }) => refusal === null)
  const facts =
    allowed.length === 0
      ? distinctFacts(decisions.flatMap(({ refusal }) => refusal ?? []))
      : [
          ...groundsOfRelation(current, relation, verb, column),
          ...rowFacts(access, relation, allowed[0]?.rows ?? 'all'),
          ...(verb === 'delete' || column !== null ? [] : [`Columns: ${allowed.map(({ name }) => name).join(', ')}.`]),
          ...decisions.flatMap(({ name, refusal }) =>
            refusal ? [`Not ${quoteIdentifier(name)}: ${factsOf(refusal).join(' ')}`] : [],
          ),
        ]
  const withGaps = verb === 'insert' ? [...facts, ...insertFacts(access, relation)] : facts
  return { allowed: allowed.length > 0, facts: withGaps }
}

function distinctFacts(refusals: readonly Refusal[]): string[] {
  return [...new Set(refusals.flatMap(factsOf))]
}

function schemaFact(privileges: EffectivePrivileges, name: string): string {
  const schema = privileges.index.schemas.get(name)
  const grounds = schema ? groundsOf(privileges, schema, 'USAGE', false) : 'PostgreSQL says so'
  return `USAGE on schema ${quoteIdentifier(name)}: ${grounds}.`
}

function groundsOfRelation(
  privileges: EffectivePrivileges,
  relation: Relation,
  verb: RelationQuestion['verb'],
  column: string | null,
): string[] {
  const privilege = verb.toUpperCase()
  const key = keyOf(relation)
  const found = relation.columns.find(({ name }) => name === column)
  const onColumn = found !== undefined && !privileges.mayOnTable(key, verb)
  const object = { owner: relation.owner, acl: onColumn ? found.acl : relation.acl }
  const what = onColumn ? `${key}.${quoteIdentifier(found.name)}` : key
  const some = !onColumn && !privileges.mayOnTable(key, verb)
  const grant = some
    ? `${privilege} on some columns of ${key}, by grants on columns.`
    : `${privilege} on ${what}: ${groundsOf(privileges, object, privilege, false)}.`
  return [schemaFact(privileges, relation.schema), grant]
}

function rowFacts({ reading }: RelationAccess, relation: Relation, rows: Decision['rows']): string[] {
  if (relation.view !== null) {
    const acts = relation.securityInvoker ? 'whoever queries it' : `its owner ${quoteIdentifier(relation.owner)}`
    const tables = [...new Set(relation.view.reads.map((read) => read.relation))].join(', ')
    return [`The view ${keyOf(relation)} reads ${tables || 'no relation'} as ${acts}, who may.`]
  }
  const policies = relation.policies.map(({ name }) => quoteIdentifier(name)).join(', ') || 'none'
  const effect = { none: 'No row is ever let through', some: 'Rows decide', all: 'Every row is let through' }[rows]
  const inForce = reading.current.isUnderRowSecurity(relation)
  return [rowSecurityFact(reading.current, relation), ...(inForce ? [`${effect}; its policies: ${policies}.`] : [])]
}

/** What an insert of one column alone does not show. */
function insertFacts(access: RelationAccess, relation: Relation): string[] {
  const refused = [...access.writing.defaults.omittable(relation)]
  return refused.map(([name, refusal]) => `${quoteIdentifier(name)} must be given: ${factsOf(refusal).join(' ')}`)
}
