import { isAtLeast } from '../../finding.js'
import { count } from '../evidence.js'
import { fail, type Point, pass } from '../point.js'

export const permissionAudit: Point = {
  title: 'The permissions are audited, and the audit finds nothing serious',
  judge({ findings }) {
    const serious = findings.filter(({ severity }) => isAtLeast(severity, 'error'))
    const ids = [...new Set(serious.map(({ id }) => id))].join(', ')
    return serious.length > 0
      ? fail(`rolecast audit has ${count(serious.length, 'finding')} at or above error: ${ids}.`)
      : pass(
          `rolecast audit has ${count(findings.length, 'finding')}, none at or above error. Run it wherever the schema is changed.`,
        )
  },
}
