import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'N02',
  severity: 'error',
  title: 'A restrictive policy restricts nothing',
  nearMiss: 'A restrictive policy without WITH CHECK: its USING checks new rows as well.',
  references: ['CWE-863'],
  *find({ policies }) {
    for (const { policy, object } of policies.all) {
      if (policy.permissive) continue
      const isIdle = (policy.using ?? policy.check)?.constant === true
      const isCancelled = policy.check?.constant === true && policy.using !== null
      if (!isIdle && !isCancelled) continue
      yield {
        object,
        message: isIdle ? `${object} holds nobody.` : `${object} lets any new row through.`,
        evidence: `USING ${policy.using?.text ?? '–'}; WITH CHECK ${policy.check?.text ?? '–'}.`,
        fix: isIdle ? null : `ALTER POLICY ${object} WITH CHECK (${policy.using?.text});`,
        narrows: true,
      }
    }
  },
}
