import type { Starter } from './starter.js'
import { sqlUsers } from './starters/sql-users.js'
import { tenants } from './starters/tenants.js'
import { twoRoles } from './starters/two-roles.js'
import { versions } from './starters/versions.js'

/** All that `rolecast init --starter` knows. */
export const starters: readonly Starter[] = [twoRoles, tenants, versions, sqlUsers]
