import type { Finding, Severity } from '../finding.js'
import type { Lint } from '../lint.js'

/** Findings of one kind and severity. */
export interface Group {
  readonly lint: Lint
  readonly severity: Severity
  readonly findings: readonly Finding[]
}

/** Findings by what is wrong, in the order in which they come. */
export function grouped(findings: readonly Finding[], lints: readonly Lint[]): readonly Group[] {
  const known = new Map(lints.map((lint) => [lint.id, lint]))
  const groups = new Map<string, { lint: Lint; severity: Severity; findings: Finding[] }>()
  for (const finding of findings) {
    const { id, severity } = finding
    const key = `${severity} ${id}`
    const lint = known.get(id)
    if (lint === undefined) throw new Error(`There is no lint ${id}, which has findings.`)
    const group = groups.get(key) ?? { lint, severity, findings: [] }
    group.findings.push(finding)
    groups.set(key, group)
  }
  return [...groups.values()]
}
