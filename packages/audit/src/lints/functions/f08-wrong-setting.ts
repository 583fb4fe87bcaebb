import type { Lint } from '../../lint.js'
import { settingsReadIn } from '../../policies/callers.js'

/** What PostgREST and Rolecast set for each request ("Transactions" in PostgREST’s manual). */
const known: ReadonlySet<string> = new Set([
  'request.jwt.claims',
  'request.headers',
  'request.cookies',
  'request.method',
  'request.path',
])

const isUnknown = (name: string): boolean => name.startsWith('request.') && !known.has(name)

/** The value is always empty, so what depends on it never holds, or always does. */
export const lint: Lint = {
  id: 'F08',
  severity: 'error',
  title: 'A setting is read that no request sets',
  nearMiss: 'A setting of one’s own, outside of request.',
  references: ['CWE-1164'],
  *find({ security, policies }) {
    for (const [signature, code] of Object.entries(security.code)) {
      const wrong = [
        ...new Set(code.settingsRead.flatMap(({ name }) => (name !== null && isUnknown(name) ? [name] : []))),
      ]
      if (wrong.length === 0) continue
      yield {
        object: signature,
        message: `${signature} reads ${wrong.join(', ')}, which is always empty.`,
        evidence: `Requests set ${[...known].join(', ')}.`,
        fix: null,
      }
    }
    for (const { object, using, check } of policies.all) {
      const wrong = [...new Set([using, check].flatMap(settingsReadIn).filter(isUnknown))]
      if (wrong.length === 0) continue
      yield {
        object,
        message: `${object} goes by ${wrong.join(', ')}, which is always empty.`,
        evidence: `Requests set ${[...known].join(', ')}.`,
        fix: null,
      }
    }
  },
}
