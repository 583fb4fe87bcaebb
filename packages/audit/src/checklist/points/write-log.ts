import { qualifiedName, type Relation, type Security } from '@rolecast/catalog'
import { loggedWrites } from '../../server-log.js'
import { cited, count, findingsOfIds, named } from '../evidence.js'
import { fail, manual, type Point, pass } from '../point.js'

const verbs = ['insert', 'update', 'delete'] as const
type Verb = (typeof verbs)[number]

export const writeLog: Point = {
  title: 'Changes of the tables that matter leave a trace',
  judge({ audit, findings }) {
    const tampered = findingsOfIds(findings, ['A02'])
    if (tampered.length > 0) return fail(cited(tampered))
    const writable = audit.exposedRelations.flatMap((table) => {
      if (table.kind !== 'table' && table.kind !== 'partitioned table') return []
      const allowed = verbs.filter((verb) => audit.roles.some((role) => mayWrite(role, table, verb)))
      return allowed.length > 0 ? [{ table, allowed }] : []
    })
    function mayWrite(role: string, { schema, name }: Relation, verb: Verb): boolean {
      const found = audit.surface(role).relations.find((one) => one.schema === schema && one.name === name)
      return found !== undefined && (verb === 'delete' ? found.delete : found[verb].length > 0)
    }
    if (writable.length === 0) return pass('No role of requests may write to an exposed table.')
    const byServer = loggedWrites(audit)
    if (byServer !== null) return pass(byServer)
    const silent = writable
      .filter(({ table, allowed }) => !allowed.every((verb) => leavesTrace(table, verb, audit.security)))
      .map(({ table }) => qualifiedName(table.schema, table.name))
    if (silent.length === 0) {
      return pass(
        `A trigger records the changes of each of the ${count(writable.length, 'table')} that can be written to.`,
      )
    }
    const what = `${silent.length} of ${count(writable.length, 'writable table')} have no trigger that records changes: ${named(silent)}.`
    if (silent.length < writable.length) return manual(`${what} Whether one of them matters, only you can say.`)
    return fail(`${what} Neither does the server log changes: pgaudit.log does not include write.`)
  },
}

/** A trigger whose function writes to another relation. */
function leavesTrace(table: Relation, verb: Verb, { code }: Security): boolean {
  const own = qualifiedName(table.schema, table.name)
  return table.triggers.some(
    (trigger) =>
      trigger.enabled &&
      trigger.timing !== 'instead of' &&
      trigger.events.includes(verb) &&
      (verb !== 'update' || trigger.columns.length === 0) &&
      (code[trigger.function]?.writes ?? []).some((written) => written !== own),
  )
}
