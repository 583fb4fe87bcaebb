/** The HTTP status of each error of PostgREST ("Errors" in its manual), by its code. */
export const statusOfCode = {
  /** no connection to the database */
  PGRST000: 503,
  /** connection lost, or the database's answer made no sense */
  PGRST001: 503,
  /** the schema cache could not be built */
  PGRST002: 503,
  /** no connection of the pool became free in time */
  PGRST003: 504,

  /** query string cannot be parsed */
  PGRST100: 400,
  /** method that functions do not take */
  PGRST101: 405,
  /** body cannot be parsed */
  PGRST102: 400,
  /** range not satisfiable */
  PGRST103: 416,
  /** PUT without a filter on all and only the primary key */
  PGRST105: 405,
  /** schema not exposed */
  PGRST106: 406,
  /** no acceptable media type */
  PGRST107: 406,
  /** filter, order or limit on what is not embedded */
  PGRST108: 400,
  /** bad `response.headers` */
  PGRST111: 500,
  /** bad `response.status` */
  PGRST112: 500,
  /** limit on PUT */
  PGRST114: 400,
  /** PUT whose row is not the one of its URL */
  PGRST115: 400,
  /** not exactly one row */
  PGRST116: 406,
  /** method that relations do not take */
  PGRST117: 405,
  /** order by an embed that is not to-one */
  PGRST118: 400,
  /** filter on an embed that is not about null */
  PGRST120: 400,
  /** RAISE with SQLSTATE PGRST whose JSON cannot be read */
  PGRST121: 500,
  /** unknown preference with handling=strict */
  PGRST122: 400,
  /** aggregate although db-aggregates-enabled is off */
  PGRST123: 400,
  /** more rows affected than max-affected allows */
  PGRST124: 400,
  /** no such path */
  PGRST125: 404,
  /** openapi-mode is disabled */
  PGRST126: 404,
  /** not implemented */
  PGRST127: 400,
  /** max-affected on a function that does not return a set */
  PGRST128: 400,

  /** no relationship */
  PGRST200: 400,
  /** more than one relationship */
  PGRST201: 300,
  /** no such function */
  PGRST202: 404,
  /** more than one such function */
  PGRST203: 300,
  /** no such column */
  PGRST204: 400,
  /** no such relation */
  PGRST205: 404,

  /** token sent, but no jwt-secret */
  PGRST300: 500,
  /** token cannot be decoded or verified */
  PGRST301: 401,
  /** no token, and no db-anon-role */
  PGRST302: 401,
  /** claims refused */
  PGRST303: 401,

  /** what should not happen */
  PGRSTX00: 500,
} as const satisfies Record<string, number>

export type PgrstCode = keyof typeof statusOfCode
