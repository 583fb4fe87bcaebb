import { quoteIdentifier } from '@rolecast/catalog'
import type { ApiAnswer } from '../ask/ask.js'
import { literal } from './conditions.js'
import type { OuterFault, Question } from './diagnosis.js'
import type { Facts } from './facts.js'
import { mentionedBy } from './mentioned.js'
import { settingFault } from './settings.js'

/** A setting of the server, or a schema that it does not expose; null where the request came through to PostgreSQL. */
export function outerFault(answer: ApiAnswer, question: Question, facts: Facts): OuterFault | null {
  const { request, schemas, server } = question
  const asksForPlan = request.headers.some(([name, value]) => /^accept$/i.test(name) && value.includes('plan'))
  const setting = settingFault(answer, asksForPlan)
  if (setting !== null) {
    return {
      cause: { kind: 'configuration', object: `pgrst.${setting.key}`, message: setting.message },
      sql: settingSql(facts.authenticator, setting.key, setting.value),
      trial: [],
      next: { request, schemas, server: { ...server, ...setting.options } },
    }
  }
  return schemaFault(answer, question, facts)
}

function schemaFault({ code }: ApiAnswer, { request, schemas, server }: Question, facts: Facts): OuterFault | null {
  const { profile, method, name } = mentionedBy(request)
  const isHidden = code === 'PGRST205' || code === 'PGRST202' || code === 'PGRST106'
  const hidden = facts.hiddenSchemas.filter((schema) => !schemas.includes(schema))
  const found = profile === null || schemas.includes(profile) ? hidden[0] : hidden.find((schema) => schema === profile)
  if (!isHidden || found === undefined) return null
  const exposed = [...schemas, found]
  const header = method === 'GET' || method === 'HEAD' ? 'Accept-Profile' : 'Content-Profile'
  const others = request.headers.filter(([given]) => given.toLowerCase() !== header.toLowerCase())
  const asked = profile === found ? '' : ` Requests name it with ${header}: ${found}.`
  return {
    cause: {
      kind: 'schema',
      object: quoteIdentifier(found),
      message: `The API does not expose the schema ${quoteIdentifier(found)}, which has ${name}.${asked}`,
    },
    sql: settingSql(facts.authenticator, 'db_schemas', exposed.join(', ')),
    trial: [],
    next: { request: { ...request, headers: [...others, [header, found]] }, schemas: exposed, server },
  }
}

/** The server reads its settings from the database too, unless db-config is false. */
function settingSql(authenticator: string, key: string, value: string): readonly string[] {
  return [
    `ALTER ROLE ${quoteIdentifier(authenticator)} SET pgrst.${key} = ${literal(value)}`,
    `NOTIFY pgrst, 'reload config'`,
  ]
}
