import { type Finding, keyOfFinding } from '../finding.js'

/** Findings that were there when a project began to audit: only what is new is shown from then on. */
export interface Baseline {
  /** whose findings they are */
  readonly database: string
  readonly schemas: readonly string[]
  /** by `keyOfFinding`, sorted */
  readonly findings: readonly string[]
}

/** A baseline that cannot be used. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError'
}

type Subject = Pick<Baseline, 'database' | 'schemas'>

const format = 1

/** Findings as a text to store: a line a finding, the same bytes for the same findings. */
export function printBaseline(findings: readonly Finding[], { database, schemas }: Subject): string {
  const keys = [...new Set(findings.map(keyOfFinding))].sort()
  return `${JSON.stringify({ format, database, schemas, findings: keys }, null, 1)}\n`
}

/**
 * Reads what `printBaseline` wrote.
 *
 * @throws BaselineError for another text, and for a baseline of another database or other schemas
 */
export function parseBaseline(text: string, subject: Subject): Baseline {
  const stored = parsed(text)
  const [was, is] = [stored, subject].map(({ database, schemas }) => `${database} (${schemas.join(', ')})`)
  if (was !== is) {
    throw new BaselineError(`it is a baseline of ${was}, and this is ${is}. Write another one with --write-baseline`)
  }
  return stored
}

function parsed(text: string): Baseline {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new BaselineError(`it is not JSON: ${(error as Error).message}`, { cause: error })
  }
  if (!isStored(value)) {
    throw new BaselineError('it is no baseline of this version. `rolecast audit --write-baseline FILE` writes one')
  }
  return value
}

function isStored(value: unknown): value is Baseline {
  if (value === null || typeof value !== 'object') return false
  const fields: { format?: unknown; database?: unknown; schemas?: unknown; findings?: unknown } = value
  return (
    fields.format === format &&
    typeof fields.database === 'string' &&
    isTexts(fields.schemas) &&
    isTexts(fields.findings)
  )
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** What a baseline does not have, and what there is to say about the rest. Pure. */
export function beyondBaseline(findings: readonly Finding[], { findings: known }: Baseline) {
  const keys = new Set(known)
  const fresh = findings.filter((finding) => !keys.has(keyOfFinding(finding)))
  const present = new Set(findings.map(keyOfFinding))
  const gone = known.filter((key) => !present.has(key)).length
  const hidden = findings.length - fresh.length
  return {
    findings: fresh,
    notes: [
      ...(hidden > 0 ? [`${hidden} finding${hidden === 1 ? '' : 's'} of the baseline: not shown.`] : []),
      ...(gone > 0
        ? [`${gone} of the baseline ${gone === 1 ? 'is' : 'are'} gone: write it again with --write-baseline.`]
        : []),
    ],
  }
}
