import { type Catalog, type Surface, surfaceOf } from '@rolecast/catalog'
import type { ReadProject, TargetReport } from '@rolecast/templates'
import { UsageError } from '../errors.js'
import type { ChosenTarget } from '../targets/choose-targets.js'
import { checkedFiles, type Emitted } from './checked-files.js'
import { guarded } from './guarded.js'
import type { OutputFile } from './output-files.js'
import { roleFolders } from './role-folders.js'

export interface RoleOutput {
  readonly surface: Surface
  /** relative to the output folder */
  readonly folder: string
  readonly files: readonly OutputFile[]
  /** what targets say about them, by target */
  readonly reports: ReadonlyMap<string, TargetReport>
}

/** What is generated, for whom. */
export interface Generation {
  readonly schemas: readonly string[]
  readonly roles: readonly string[]
  readonly targets: readonly ChosenTarget[]
}

/**
 * Everything that `generate` writes, role by role.
 *
 * @throws UsageError for options that cannot be followed, a target that fails, and files that cannot be written together
 */
export async function generateFiles(catalog: Catalog, generation: Generation): Promise<readonly RoleOutput[]> {
  const { schemas, roles, targets } = generation
  const folders = roleFolders(roles)
  const surfaces = roles.map((role) => surfaceOf(catalog, role, { schemas }))
  await checkOptions(targets, { schemas, catalog, surfaces })
  const outputs: RoleOutput[] = []
  for (const surface of surfaces) outputs.push(await roleOutput(surface, folders.get(surface.role) ?? '', generation))
  return outputs
}

async function roleOutput(surface: Surface, folder: string, { schemas, targets }: Generation): Promise<RoleOutput> {
  const emitted: Emitted[] = []
  const reports = new Map<string, TargetReport>()
  for (const { target, reference, options } of targets) {
    await guarded({ target, reference }, surface.role, async () => {
      emitted.push({ target: target.name, files: await target.emit(surface, options, { schemas }) })
      const report = target.report?.(surface, options)
      if (report !== undefined) reports.set(target.name, report)
    })
  }
  const files = checkedFiles(emitted, surface.role).map(({ path, content }) => ({ path: `${folder}/${path}`, content }))
  return { surface, folder, files, reports }
}

async function checkOptions(targets: readonly ChosenTarget[], project: ReadProject): Promise<void> {
  const problems: string[] = []
  for (const { target, reference, options } of targets) {
    await guarded({ target, reference }, null, () => {
      problems.push(...(target.problems?.(project, options) ?? []).map((problem) => `${target.name}.${problem}`))
    })
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'))
}
