import type { Lint } from '../../lint.js'
import { settingsIn } from '../../policies/callers.js'

/** One finding a setting. */
export const lint: Lint = {
  id: 'N22',
  severity: 'error',
  title: 'A policy reads a setting that nothing sets',
  nearMiss: 'A setting that a function of the database sets; app.settings of the server.',
  references: ['CWE-1164'],
  *find({ policies, security, catalog }) {
    const set = new Set([
      ...catalog.settings.map(({ name }) => name),
      ...Object.values(security.code).flatMap(({ settingsWritten }) =>
        settingsWritten.flatMap(({ name }) => name ?? []),
      ),
    ])
    // a name that is computed may be any
    if (Object.values(security.code).some(({ settingsWritten }) => settingsWritten.some(({ name }) => name === null)))
      return
    const found = new Map<string, string[]>()
    for (const policy of policies.all) {
      const read = [policy.using, policy.check].flatMap((term) => settingsIn(term, security))
      for (const name of new Set(read)) {
        if (set.has(name) || /^(request|app\.settings)\./.test(name) || builtIn.has(name)) continue
        found.set(name, [...(found.get(name) ?? []), policy.object])
      }
    }
    for (const [name, named] of found) {
      yield {
        object: named[0] ?? name,
        message: `${named.join(', ')} ${named.length === 1 ? 'goes' : 'go'} by ${name}, which is always empty.`,
        evidence: `No function, role or database sets ${name}${name.includes('.') ? '' : ', and a setting of one’s own has a dot in its name'}.`,
        fix: null,
      }
    }
  },
}

const builtIn: ReadonlySet<string> = new Set([
  'role',
  'session_authorization',
  'application_name',
  'search_path',
  'TimeZone',
])
