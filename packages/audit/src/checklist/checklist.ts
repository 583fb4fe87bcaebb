import type { Catalog } from '@rolecast/catalog'
import { AuditContext, type AuditOptions } from '../context.js'
import type { Finding } from '../finding.js'
import type { ChecklistPoint, Point } from './point.js'
import { allowedRoles } from './points/allowed-roles.js'
import { anonymousRole } from './points/anonymous-role.js'
import { backups } from './points/backups.js'
import { documentation } from './points/documentation.js'
import { monitoring } from './points/monitoring.js'
import { permissionAudit } from './points/permission-audit.js'
import { pool } from './points/pool.js'
import { requestRate } from './points/request-rate.js'
import { rowSecurity } from './points/row-security.js'
import { sensitiveColumns } from './points/sensitive-columns.js'
import { tokenKeys } from './points/token-keys.js'
import { writeLog } from './points/write-log.js'

/** What to know before an API goes into production, in the order of Rolecast's production guide. */
const points: readonly Point[] = [
  rowSecurity,
  anonymousRole,
  tokenKeys,
  allowedRoles,
  sensitiveColumns,
  writeLog,
  pool,
  requestRate,
  monitoring,
  backups,
  permissionAudit,
  documentation,
]

/**
 * The twelve points, each decided by evidence, or left to people with what to look at. Pure.
 *
 * @param findings of the whole audit of the same catalog with the same options
 * @throws Error for a catalog without security facts
 */
export function checklist(catalog: Catalog, options: AuditOptions, findings: readonly Finding[]): ChecklistPoint[] {
  const context = { audit: new AuditContext(catalog, options), findings }
  return points.map((point) => ({ title: point.title, ...point.judge(context) }))
}
