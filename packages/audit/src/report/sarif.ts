import { createHash } from 'node:crypto'
import { type Finding, keyOfFinding, type Severity } from '../finding.js'
import type { Lint } from '../lint.js'
import { printable, printableJson } from './printable.js'
import type { ReportFormat } from './report.js'

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  error: 'error',
  warning: 'warning',
  information: 'note',
}

/** What GitHub grades alerts of security by, from 0 to 10. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', error: '7.5', warning: '5.0', information: '2.0' }

/**
 * SARIF 2.1.0, for code scanning. Objects of a database are logical locations; a file is named where the audit is about one,
 * since GitHub shows no result without.
 */
export const sarif: ReportFormat = {
  print({ findings, lints, notes, version, file }) {
    const used = lints.filter(({ id }) => findings.some((finding) => finding.id === id))
    const indexes = new Map(used.map(({ id }, index) => [id, index]))
    return `${printableJson({
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'rolecast',
              semanticVersion: version,
              informationUri: 'https://github.com/rolecast/rolecast',
              rules: used.map(ruleOf),
            },
          },
          invocations: [
            {
              executionSuccessful: true,
              toolExecutionNotifications: notes.map((note) => ({ level: 'note', message: messageOf(note) })),
            },
          ],
          columnKind: 'utf16CodeUnits',
          results: findings.map((finding) => ({
            ruleId: finding.id,
            ruleIndex: indexes.get(finding.id),
            level: levels[finding.severity],
            message: messageOf(sentencesOf(finding)),
            locations: [locationOf(finding, file)],
            partialFingerprints: { 'rolecastFinding/v1': fingerprint(finding) },
            properties: {
              severity: finding.severity,
              role: finding.role,
              evidence: finding.evidence,
              fix: finding.fix,
            },
          })),
        },
      ],
    })}\n`
  },
}

function ruleOf({ id, severity, title, nearMiss, references }: Lint) {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${title}. Not meant: ${nearMiss}` },
    help: { text: `${title}. Not meant: ${nearMiss}${references.length > 0 ? ` See ${references.join(', ')}.` : ''}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['security', ...references], 'security-severity': scores[severity] },
  }
}

function sentencesOf({ message, evidence, fix }: Finding): string {
  return `${message} Because: ${evidence}${fix === null ? '' : ` Fix: ${fix}`}`
}

/** In plain text of SARIF, brackets make links. */
function messageOf(text: string) {
  return { text: printable(text).replace(/[\\[\]]/g, '\\$&') }
}

function locationOf({ object }: Finding, file: string | null) {
  return {
    ...(file !== null && {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
        region: { startLine: 1 },
      },
    }),
    logicalLocations: [
      { name: object, fullyQualifiedName: object, kind: object.endsWith(')') ? 'function' : 'resource' },
    ],
  }
}

/** The same for the same cause, whatever else changes. */
function fingerprint(finding: Finding): string {
  return createHash('sha256').update(keyOfFinding(finding)).digest('hex')
}
