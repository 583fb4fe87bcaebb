import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  type AuditContext,
  type Baseline,
  BaselineError,
  type Finding,
  parseBaseline,
  printBaseline,
} from '@rolecast/audit'
import { writeWhole } from '../emit/write-file.js'
import { UsageError } from '../errors.js'

/** @throws UsageError for a file that cannot be read, and for a baseline of something else */
export async function readBaseline(file: string, context: AuditContext): Promise<Baseline> {
  const text = await readFile(resolve(file), 'utf8').catch((error: Error) => {
    throw new UsageError(`The baseline ${file} cannot be read: ${error.message}`, { cause: error })
  })
  try {
    return parseBaseline(text, subjectOf(context))
  } catch (error) {
    if (error instanceof BaselineError) {
      throw new UsageError(`The baseline ${file} cannot be used: ${error.message}.`, { cause: error })
    }
    throw error
  }
}

/** @throws UsageError when it cannot be written */
export function writeBaseline(file: string, findings: readonly Finding[], context: AuditContext): Promise<void> {
  return writeWhole(file, printBaseline(findings, subjectOf(context)))
}

const subjectOf = ({ security, schemas }: AuditContext) => ({ database: security.database.name, schemas })
