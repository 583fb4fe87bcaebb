import type { Draft } from './draft.js'
import { quote } from './names.js'

export function makeGrants(draft: Draft): void {
  const option = (grantee: string) => (grantee !== 'PUBLIC' && draft.random.chance(0.1) ? ' WITH GRANT OPTION' : '')
  for (const relation of draft.relations) {
    const name = `${quote(relation.schema)}.${quote(relation.name)}`
    for (const privilege of ['SELECT', 'INSERT', 'UPDATE', 'DELETE']) {
      for (const grantee of draft.grantees(0.35))
        draft.late.push(`GRANT ${privilege} ON ${name} TO ${grantee}${option(grantee)}`)
      if (privilege === 'DELETE') continue
      for (const column of draft.random.some(relation.columns, 0.3)) {
        for (const grantee of draft.grantees(0.25)) {
          draft.late.push(`GRANT ${privilege} (${quote(column.name)}) ON ${name} TO ${grantee}`)
        }
      }
    }
  }
}

/** Privileges that whatever is made later in a schema comes with. */
export function makeDefaultPrivileges(draft: Draft): void {
  for (const schema of draft.random.some(draft.schemas, 0.2)) {
    const what = draft.random.pick(['SELECT ON TABLES', 'INSERT ON TABLES', 'USAGE ON SEQUENCES'])
    draft.sql.push(
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${quote(schema)} GRANT ${what} TO ${quote(draft.random.pick(draft.roles))}`,
    )
  }
}
