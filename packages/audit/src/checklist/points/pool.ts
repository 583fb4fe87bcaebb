import { quoteIdentifier } from '@rolecast/catalog'
import { fail, manual, type Point, pass } from '../point.js'

/** PostgreSQL keeps these for superusers unless told otherwise. */
const RESERVED = 3
/** Beside its pool the server listens for notifications, and reads the schema. */
const BESIDE = 2

export const pool: Point = {
  title: 'Connections are pooled, and PostgreSQL has room for the pool',
  judge({ audit: { server, security, authenticator } }) {
    if (server === null) {
      return manual(
        'Give the configuration of the server with --config postgrest.conf: its db-pool is compared with the limits.',
      )
    }
    const needed = server.dbPool + BESIDE
    const login = security.logins.find(({ role }) => role === authenticator?.name)
    const limit = login?.connectionLimit ?? null
    const most = Number(security.serverSettings.max_connections ?? Number.NaN) - RESERVED
    const asks = `db-pool = ${server.dbPool} needs ${needed} connections for each process of the server`
    if (limit !== null && needed > limit) {
      return fail(`${asks}, and ${quoteIdentifier(login?.role ?? '')} may have ${limit} (CONNECTION LIMIT).`)
    }
    if (needed > most) return fail(`${asks}, and PostgreSQL has ${most} for all (max_connections).`)
    return pass(`${asks}. ${limit === null ? `PostgreSQL has ${most} for all` : `The login role may have ${limit}`}.`)
  },
}
