import type { Lint } from '../../lint.js'
import { verbsOf } from '../../policies/policies-of.js'
import { isSame } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'N28',
  severity: 'information',
  title: 'A policy doubles another, or its name says less than it does',
  nearMiss: 'A policy named read that is FOR SELECT.',
  references: ['CWE-1121'],
  *find({ policies }) {
    for (const policy of policies.all) {
      const double = policies
        .on(policy.key)
        .find(
          (other) =>
            other.policy.name < policy.policy.name &&
            other.policy.permissive === policy.policy.permissive &&
            other.policy.command === policy.policy.command &&
            JSON.stringify(other.policy.roles) === JSON.stringify(policy.policy.roles) &&
            isSame(other.using, policy.using) &&
            isSame(other.check, policy.check),
        )
      const isMisnamed =
        /(^|_| )(read|view|select|see|readable)(_| |$)/i.test(policy.policy.name) &&
        verbsOf(policy).some((verb) => verb !== 'select') &&
        (policy.policy.using ?? policy.policy.check)?.constant !== false
      if (double === undefined && !isMisnamed) continue
      yield {
        object: policy.object,
        message:
          double === undefined
            ? `${policy.object} lets rows be written, too.`
            : `${policy.object} says what ${double.object} says.`,
        evidence: `FOR ${policy.policy.command.toUpperCase()}`,
        fix: double === undefined ? null : `DROP POLICY ${policy.object};`,
        narrows: false,
      }
    }
  },
}
