import type { Draft } from './draft.js'
import { quote } from './names.js'

export function makePolicies(draft: Draft): void {
  const tables = draft.relations.filter(({ kind }) => kind === 'table')
  for (const [position, relation] of tables.entries()) {
    const table = `${quote(relation.schema)}.${quote(relation.name)}`
    // policies on a table with rules are also looked at for the rules' actions, needed or not
    if (draft.ruled.has(relation) || !draft.random.chance(0.5)) continue
    draft.late.push(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`)
    if (draft.random.chance(0.3)) draft.late.push(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`)
    const integer = relation.columns.find(({ type }) => type === 'integer')
    // reading only earlier tables keeps policies from leading back to themselves
    const condition = () => draft.condition(integer ? quote(integer.name) : '1', tables.slice(0, position))
    for (let count = draft.random.between(0, 4); count > 0; count -= 1) {
      const command = draft.random.pick(['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE'])
      const to = draft.random.chance(0.4)
        ? 'PUBLIC'
        : draft.random.some(draft.roles, 0.4).map(quote).join(', ') || 'PUBLIC'
      const using = command === 'INSERT' ? '' : ` USING (${condition()})`
      const check =
        command !== 'SELECT' && command !== 'DELETE' && draft.random.chance(0.6) ? ` WITH CHECK (${condition()})` : ''
      const kind = draft.random.chance(0.75) ? 'PERMISSIVE' : 'RESTRICTIVE'
      draft.late.push(
        `CREATE POLICY ${quote(draft.names.next('policy'))} ON ${table} AS ${kind} FOR ${command} TO ${to}${using}${check}`,
      )
    }
  }
}
