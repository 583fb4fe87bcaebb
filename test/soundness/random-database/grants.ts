import type { Draft } from './draft.js'
import { quote } from './names.js'

export function makeGrants(draft: Draft): void {
  const option = (grantee: string) => (grantee !== 'PUBLIC' && draft.random.chance(0.1) ? ' WITH GRANT OPTION' : '')
  for (const relation of draft.relations) {
    const name = `${quote(relation.schema)}.${quote(relation.name)}`
    if (draft.random.chance(0.1)) {
      const others = ['TRUNCATE', 'REFERENCES', 'TRIGGER', ...(draft.version >= 17 ? ['MAINTAIN'] : [])].join(', ')
      draft.late.push(
        `GRANT ${draft.random.chance(0.3) ? 'ALL' : others} ON ${name} TO ${quote(draft.random.pick(draft.roles))}`,
      )
    }
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

/** Privileges that whatever is made later comes with, in a schema or anywhere. */
export function makeDefaultPrivileges(draft: Draft): void {
  for (const [what, probability] of [
    ['EXECUTE ON FUNCTIONS', 0.15],
    ['USAGE ON TYPES', 0.15],
  ] as const) {
    if (!draft.random.chance(probability)) continue
    draft.sql.push(`ALTER DEFAULT PRIVILEGES REVOKE ${what} FROM PUBLIC`)
    draft.cleanUp.push(`ALTER DEFAULT PRIVILEGES GRANT ${what} TO PUBLIC`)
  }
  if (draft.random.chance(0.1)) {
    const role = quote(draft.random.pick(draft.roles))
    draft.sql.push(`ALTER DEFAULT PRIVILEGES GRANT SELECT, UPDATE ON TABLES TO ${role}`)
  }
  for (const schema of draft.random.some(draft.schemas, 0.2)) {
    const what = draft.random.pick(['SELECT ON TABLES', 'INSERT ON TABLES', 'USAGE ON SEQUENCES'])
    draft.sql.push(
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${quote(schema)} GRANT ${what} TO ${quote(draft.random.pick(draft.roles))}`,
    )
  }
}
