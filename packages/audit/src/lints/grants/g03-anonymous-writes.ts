import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Anybody on the network can insert, change or delete rows. */
export const lint: Lint = {
  id: 'G03',
  severity: 'warning',
  title: 'Callers without a token may write',
  nearMiss: 'An insert that no policy lets through.',
  references: ['CWE-862', 'API5'],
  *find({ anonymous, roles, surface }) {
    if (anonymous === null || !roles.includes(anonymous)) return
    for (const { schema, name, verdicts, insert, update, delete: deletes } of surface(anonymous).relations) {
      const verbs = [
        ...(insert.length > 0 && verdicts.insert !== 'zero-rows' ? ['INSERT'] : []),
        ...(update.length > 0 && verdicts.update !== 'zero-rows' ? ['UPDATE'] : []),
        ...(deletes && verdicts.delete !== 'zero-rows' ? ['DELETE'] : []),
      ]
      if (verbs.length === 0) continue
      const [key, role] = [qualifiedName(schema, name), quoteIdentifier(anonymous)]
      yield {
        object: key,
        role: anonymous,
        message: `Whoever reaches the API may ${verbs.join(', ')} on ${key}, without a token.`,
        evidence: `${role} holds ${verbs.join(', ')}, and row-level security lets rows through.`,
        fix: `REVOKE ${verbs.join(', ')} ON ${key} FROM ${role};`,
        narrows: true,
      }
    }
  },
}
