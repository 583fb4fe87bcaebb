import type { Finding } from '../finding.js'
import { printable } from '../report/printable.js'

/** The fixes that can only take rights away, as one SQL file. Each statement stands once, below what it mends. Pure. */
export function narrowingMigration(findings: readonly Finding[]): string {
  const reasons = new Map<string, string[]>()
  for (const { id, object, message, fix, narrows } of findings) {
    if (fix === null || !narrows) continue
    const known = reasons.get(fix)
    // names of a database must not end the comment
    const reason = printable(`${id} ${object}: ${message}`)
    if (known === undefined) reasons.set(fix, [reason])
    else known.push(reason)
  }
  const left = findings.filter(({ narrows }) => !narrows).length
  const parts = [...reasons].map(([fix, said]) => `${said.map((reason) => `-- ${reason}\n`).join('')}${fix}\n`)
  return [
    `-- What \`rolecast audit --fix\` mends without giving anybody more. Read it, and run it in one transaction (psql -1).\n${
      left > 0 ? `-- ${left} finding${left === 1 ? '' : 's'} left to people.\n` : ''
    }`,
    ...parts,
  ].join('\n')
}
