import { quoteIdentifier } from '@rolecast/catalog'
import { fail, type Point, pass } from '../point.js'

/** What db-pool is where the configuration is not known. */
const USUAL = 10
/** PostgreSQL keeps these for superusers unless told otherwise. */
const RESERVED = 3
/** Beside its pool the server listens for notifications, and reads the schema. */
const BESIDE = 2

export const pool: Point = {
  title: 'Connections are pooled, and PostgreSQL has room for the pool',
  judge({ audit: { server, security, authenticator } }) {
    const size = server?.dbPool ?? USUAL
    const needed = size + BESIDE
    const login = security.logins.find(({ role }) => role === authenticator?.name)
    const limit = login?.connectionLimit ?? null
    const most = Number(security.serverSettings.max_connections ?? Number.NaN) - RESERVED
    const asks = `db-pool = ${size}${server === null ? ', the default,' : ''} needs ${needed} connections for each process of the server`
    if (limit !== null && needed > limit) {
      return fail(`${asks}, and ${quoteIdentifier(login?.role ?? '')} may have ${limit} (CONNECTION LIMIT).`)
    }
    if (needed > most) return fail(`${asks}, and PostgreSQL has ${most} for all (max_connections).`)
    return pass(`${asks}. ${limit === null ? `PostgreSQL has ${most} for all` : `The login role may have ${limit}`}.`)
  },
}
