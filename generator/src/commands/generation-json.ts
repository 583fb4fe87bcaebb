import { type Rights, rightsBeyond, rightsOf } from '@rolecast/audit/rights'
import type { RoleOutput } from '../emit/generate-files.js'
import type { Changes } from '../emit/output-files.js'

/** What `generate --json` prints. Paths are relative to `out`. */
export interface GenerationJson {
  /** absolute path of the output folder */
  readonly out: string
  /** false: nothing was written, since `--check` or `--dry-run` was given */
  readonly written: boolean
  readonly roles: readonly RoleJson[]
  /** what earlier runs wrote and is no longer wanted */
  readonly removed: readonly string[]
}

interface RoleJson {
  readonly role: string
  readonly files: readonly {
    readonly path: string
    readonly target: string
    readonly bytes: number
    readonly state: 'new' | 'changed' | 'unchanged'
  }[]
  /** what is left out and why, and what somebody may not want in the files */
  readonly remarks: readonly string[]
  /** rights since the last run; null: no earlier run is known */
  readonly gained: readonly string[] | null
  readonly lost: readonly string[] | null
}

/** @param lastRights by the roles' folders, as they were before this run */
export function generationJson(
  outputs: readonly RoleOutput[],
  changes: Changes,
  lastRights: ReadonlyMap<string, Rights | null>,
  { out, written }: Pick<GenerationJson, 'out' | 'written'>,
): GenerationJson {
  const [added, changed] = [new Set(changes.added), new Set(changes.changed)]
  const roles = outputs.map(({ surface, folder, files, reports, remarks }): RoleJson => {
    const before = lastRights.get(folder) ?? null
    const now = rightsOf(surface)
    return {
      role: surface.role,
      files: files.map(({ path, target, content }) => ({
        path,
        target,
        bytes: Buffer.byteLength(content),
        state: added.has(path) ? 'new' : changed.has(path) ? 'changed' : 'unchanged',
      })),
      remarks: [...[...reports.values()].flatMap(({ leftOut = [] }) => leftOut), ...remarks],
      gained: before && rightsBeyond(now, before),
      lost: before && rightsBeyond(before, now),
    }
  })
  return { out, written, roles, removed: changes.removed }
}
