/** SQLSTATEs with a status of their own; then, by their first two characters, their classes. Others are 400. */
const states: Readonly<Record<string, number>> = {
  '23503': 409, // foreign_key_violation
  '23505': 409, // unique_violation
  '25006': 405, // read_only_sql_transaction
  '42883': 404, // undefined_function
  '42P01': 404, // undefined_table
  '42P17': 500, // infinite recursion
  '53400': 500, // configuration_limit_exceeded
  '57P01': 503, // admin_shutdown
  P0001: 400, // raise_exception
}

const classes: Readonly<Record<string, number>> = {
  '08': 503, // connection exception
  '09': 500, // triggered action exception
  '0L': 403, // invalid grantor
  '0P': 403, // invalid role specification
  '25': 500, // invalid transaction state
  '28': 403, // invalid authorization specification
  '2D': 500, // invalid transaction termination
  '38': 500, // external routine exception
  '39': 500, // external routine invocation exception
  '3B': 500, // savepoint exception
  '40': 500, // transaction rollback
  '53': 503, // insufficient resources
  '54': 500, // program limit exceeded
  '55': 500, // object not in prerequisite state
  '57': 500, // operator intervention
  '58': 500, // system error
  F0: 500, // configuration file error
  HV: 500, // foreign data wrapper error
  P0: 500, // PL/pgSQL error
  XX: 500, // internal error
}

/**
 * The HTTP status of a PostgreSQL error ("Errors from PostgreSQL" in PostgREST's manual).
 * @param authenticated whether the request came with a token: without one, a missing privilege asks for one (401)
 * @param routine PostgreSQL's own function that raised it: unlike the message, it is the same in every language
 */
export function statusOfState(state: string, message: string, authenticated: boolean, routine?: string): number {
  switch (state) {
    case '42501': // insufficient_privilege
      return authenticated ? 403 : 401
    case '21000': // cardinality_violation, which pg-safeupdate raises as well
      if (routine === 'ExecOnConflictUpdate') return 409 // an upsert has one key twice
      return message.endsWith('requires a WHERE clause') ? 400 : 500
    case '22023': // invalid_parameter_value: also for a role that does not exist
      return message.startsWith('role') && message.endsWith('does not exist') ? 401 : 400
    case '42883': // also where text/xml is asked for and there is no xmlagg
      return message.startsWith('function xmlagg(') ? 406 : 404
  }
  if (state.startsWith('PT')) return statusOfPt(state.slice(2))
  return states[state] ?? classes[state.slice(0, 2)] ?? 400
}

/** `RAISE SQLSTATE 'PT402'` asks for status 402. */
function statusOfPt(digits: string): number {
  const status = /^\d{3}$/.test(digits) ? Number(digits) : 500
  return status >= 200 && status <= 599 ? status : 500
}
