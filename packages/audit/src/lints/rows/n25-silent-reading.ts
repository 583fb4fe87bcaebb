import type { Lint } from '../../lint.js'
import { isCaller } from '../../policies/callers.js'
import { callsIn, termsIn } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'N25',
  severity: 'warning',
  title: 'A policy reads a setting that a helper of the database checks',
  nearMiss: 'A policy that calls the helper.',
  references: ['CWE-1164'],
  *find({ policies, security }) {
    const helpers = Object.entries(security.code).filter(([, code]) => code.raises && code.settingsRead.length > 0)
    for (const policy of policies.all) {
      const terms = [policy.using, policy.check]
      const read = terms
        .flatMap((term) => [...termsIn(term)])
        .flatMap((part) => {
          if (part.kind !== 'call' || part.function !== 'pg_catalog.current_setting' || !isCaller(part, security))
            return []
          const [name] = part.parts
          return name?.kind === 'constant' ? (name.value ?? []) : []
        })
      const helper = helpers.find(
        ([signature, code]) =>
          code.settingsRead.some(({ name }) => name !== null && read.includes(name)) &&
          policies.all.some((other) => [other.using, other.check].some((term) => callsIn(term).includes(signature))),
      )
      if (helper === undefined) continue
      yield {
        object: policy.object,
        message: `${policy.object} hides a missing setting that other policies report.`,
        evidence: `It calls current_setting() itself; others call ${helper[0]}, which raises an error.`,
        fix: null,
      }
    }
  },
}
