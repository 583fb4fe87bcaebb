import { cited, count, findingsOfIds } from '../evidence.js'
import { fail, type Point, pass } from '../point.js'

export const sensitiveColumns: Point = {
  title: 'Columns with credentials and the like cannot be read',
  judge({ audit, findings }) {
    const found = findingsOfIds(findings, ['G13', 'G15', 'V10'])
    if (found.length > 0) return fail(cited(found))
    const columns = new Set(
      audit.roles.flatMap((role) =>
        audit
          .surface(role)
          .relations.flatMap(({ schema, name, select }) => select.map((c) => `${schema}\0${name}\0${c}`)),
      ),
    )
    return pass(
      `${count(columns.size, 'column')} can be read, and none is named like a credential. Others only you can know.`,
    )
  },
}
