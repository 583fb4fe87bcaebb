import type { Draft } from './draft.js'
import { quote } from './names.js'

export function makeTypes(draft: Draft): void {
  draft.enumType = `${quote(draft.random.pick(draft.schemas))}.${quote(draft.names.next('enum'))}`
  draft.sql.push(`CREATE TYPE ${draft.enumType} AS ENUM ('a', 'b')`)
  for (let count = 2; count > 0; count -= 1) {
    const name = `${quote(draft.random.pick(draft.schemas))}.${quote(draft.names.next('domain'))}`
    const base = draft.random.chance(0.3) && draft.domains[0] ? draft.domains[0] : 'integer'
    const value = draft.random.chance(0.4) ? `DEFAULT ${draft.random.pick(draft.calls.integer)}` : ''
    const check = draft.random.chance(0.4) ? `CHECK (${draft.booleanOf('VALUE')})` : ''
    draft.sql.push(`CREATE DOMAIN ${name} AS ${base} ${value} ${check}`)
    draft.domains.push(name)
  }
  draft.compositeType = `${quote(draft.random.pick(draft.schemas))}.${quote(draft.names.next('composite'))}`
  draft.sql.push(`CREATE TYPE ${draft.compositeType} AS (a integer, b ${draft.random.pick(draft.domains)})`)
}

export function makeSequences(draft: Draft): void {
  for (let count = 2; count > 0; count -= 1) {
    const name = `${quote(draft.random.pick(draft.schemas))}.${quote(draft.names.next('seq'))}`
    draft.sql.push(`CREATE SEQUENCE ${name}`, `SELECT nextval('${name.replaceAll("'", "''")}')`)
    for (const privilege of ['USAGE', 'UPDATE', 'SELECT']) {
      for (const grantee of draft.grantees(0.2)) draft.late.push(`GRANT ${privilege} ON SEQUENCE ${name} TO ${grantee}`)
    }
    draft.sequences.push(name)
  }
}
