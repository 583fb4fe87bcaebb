import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { ownColumns } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'N39',
  severity: 'error',
  title: 'A table of the platform is open: storage, queues or secrets',
  nearMiss: 'A storage policy that names a bucket.',
  references: ['CWE-200', 'CWE-863'],
  *find({ policies, catalog, roles }) {
    for (const policy of policies.all) {
      const isStorage = policy.key === 'storage.objects' && policy.policy.permissive
      const terms = [policy.using, policy.check].filter((term) => term !== null)
      if (!isStorage || terms.every((term) => ownColumns(term).includes('bucket_id'))) continue
      if ((policy.policy.using ?? policy.policy.check)?.constant === false) continue
      yield {
        object: policy.object,
        message: `${policy.object} holds for the files of every bucket.`,
        evidence: policy.policy.using?.text ?? policy.policy.check?.text ?? '',
        fix: null,
      }
    }
    for (const relation of catalog.relations) {
      const key = qualifiedName(relation.schema, relation.name)
      const isQueue = relation.schema === 'pgmq' && /^[qa]_/.test(relation.name) && !relation.rowSecurity.enabled
      const isVault =
        relation.schema === 'vault' && (relation.name === 'decrypted_secrets' || relation.name === 'secrets')
      const reached = isQueue || isVault ? roles.filter((role) => policies.held(role, key).length > 0) : []
      if (reached.length === 0) continue
      const named = reached.map(quoteIdentifier).join(', ')
      yield {
        object: key,
        message: isVault
          ? `${named} may read the secrets of the vault.`
          : `${named} may use the queue ${key} without any policy.`,
        evidence: `Privileges on ${key}.`,
        fix: `REVOKE ALL ON ${key} FROM ${named};`,
        narrows: true,
      }
    }
  },
}
