import type { Draft } from './draft.js'
import { quote } from './names.js'

export function makeFunctions(draft: Draft): void {
  for (const type of ['integer', 'integer', 'boolean', 'boolean', 'text'] as const) {
    const value = { integer: '1', boolean: 'true', text: `'x'` }[type]
    const { called, ...named } = makeFunction(draft, { returns: type, body: value })
    draft.functions.push({ ...named, argument: null })
    draft.calls[type].push(`${called}()`)
  }
  for (const type of ['integer', 'boolean', 'integer', 'boolean'] as const) {
    const body = type === 'integer' ? '$1 + 1' : '$1 IS NOT NULL OR true'
    const { called, ...named } = makeFunction(draft, { type: 'integer', returns: type, body, volatility: 'IMMUTABLE' })
    draft.functions.push({ ...named, argument: { sql: '1', json: 1 } })
    draft.ofInteger.push({ call: (argument) => `${called}(${argument})`, boolean: type === 'boolean' })
  }
  const schema = draft.random.pick(draft.schemas)
  draft.triggerFunction = `${quote(schema)}.${quote(draft.names.next('trigger'))}`
  draft.sql.push(
    `CREATE FUNCTION ${draft.triggerFunction}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$`,
  )
  if (draft.random.chance(0.5)) draft.late.push(`REVOKE EXECUTE ON FUNCTION ${draft.triggerFunction}() FROM PUBLIC`)
}

interface FunctionParts {
  readonly schema?: string
  /** of its one argument, `n` */
  readonly type?: string
  readonly returns: string
  readonly body: string
  readonly volatility?: string
}

export function makeFunction(draft: Draft, { type = '', returns, body, volatility, ...given }: FunctionParts) {
  const schema = given.schema ?? draft.random.pick(draft.schemas)
  const name = draft.names.next('fn')
  const called = `${quote(schema)}.${quote(name)}`
  const kind = volatility ?? draft.random.pick(['IMMUTABLE', 'STABLE', 'VOLATILE'])
  const security = draft.random.chance(0.2) ? 'SECURITY DEFINER' : ''
  // Functions of a row stand in indexes and partition keys too, which a session keeps as the first role that came by
  // had them inlined: only plpgsql, which is never inlined, gives every session the same answers.
  const language = type === '' ? draft.random.pick(['sql', 'plpgsql']) : 'plpgsql'
  const text = language === 'sql' ? `SELECT ${body}` : `BEGIN RETURN ${body}; END`
  draft.sql.push(
    `CREATE FUNCTION ${called}(${type && `n ${type}`}) RETURNS ${returns} LANGUAGE ${language} ${kind} ${security} AS $$ ${text} $$`,
  )
  if (draft.random.chance(0.5)) {
    draft.late.push(`REVOKE EXECUTE ON FUNCTION ${called}(${type}) FROM PUBLIC`)
    for (const grantee of draft.grantees(0.4))
      draft.late.push(`GRANT EXECUTE ON FUNCTION ${called}(${type}) TO ${grantee}`)
  }
  if (draft.random.chance(0.2)) {
    draft.late.push(`ALTER FUNCTION ${called}(${type}) OWNER TO ${quote(draft.random.pick(draft.roles))}`)
  }
  return { schema, name, called }
}

/** Functions of a type that may be in a schema the role does not know. */
export function makeTypedFunctions(draft: Draft): void {
  const values: [type: string, value: unknown][] = [
    [draft.enumType, 'b'],
    [draft.compositeType, '(1,2)'],
    ...draft.domains.map((domain): [string, unknown] => [domain, 7]),
  ]
  for (const [type, value] of values) {
    if (!draft.random.chance(0.4)) continue
    const schema = draft.random.pick(draft.schemas)
    const name = draft.names.next('typed')
    const isArray = draft.random.chance(0.3)
    const array = isArray ? '[]' : ''
    draft.sql.push(
      `CREATE FUNCTION ${quote(schema)}.${quote(name)}(n ${type}${array}) RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
    )
    const json = isArray ? [value] : value
    draft.functions.push({ schema, name, argument: { sql: `NULL::${type}${array}`, json } })
  }
}
