import { rightsOf } from '@rolecast/audit/rights'
import type { RoleOutput } from '../emit/generate-files.js'
import type { Progress } from '../progress.js'
import { keepRights } from './stored-rights.js'

/** What `--dry-run` compares with. A project that cannot be written to has its files all the same. */
export async function keepRun(outputs: readonly RoleOutput[], lastRun: string, progress: Progress): Promise<void> {
  try {
    await keepRights(lastRun, new Map(outputs.map(({ folder, surface }) => [folder, rightsOf(surface)])))
  } catch (error) {
    progress.say(`${lastRun} cannot be written, so --dry-run will not know this run: ${(error as Error).message}`)
  }
}
