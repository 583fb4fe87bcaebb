import type { Catalog, RoleFacts, Surface } from '@rolecast/catalog'
import type { Project, ReadProject, TargetReport } from '@rolecast/templates'
import { UsageError } from '../errors.js'
import { count, type Progress, silent } from '../progress.js'
import type { ChosenTarget } from '../targets/choose-targets.js'
import { checkedFiles, type Emitted, type TargetFile } from './checked-files.js'
import { chooserOf } from './choose-objects.js'
import { factsOn } from './facts-on.js'
import { guarded } from './guarded.js'
import { remarksOn } from './remarks.js'
import { roleFolders } from './role-folders.js'

export interface RoleOutput {
  readonly surface: Surface
  /** relative to the output folder */
  readonly folder: string
  /** their paths are relative to the output folder */
  readonly files: readonly TargetFile[]
  /** what targets say about them, by target */
  readonly reports: ReadonlyMap<string, TargetReport>
  /** what of the database is not in them, and what somebody may not want in them */
  readonly remarks: readonly string[]
}

/** What is generated, for whom. */
export interface Generation {
  readonly schemas: readonly string[]
  readonly extraSearchPath?: readonly string[] | undefined
  readonly roles: readonly string[]
  readonly facts?: Readonly<Record<string, RoleFacts>> | undefined
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  readonly targets: readonly ChosenTarget[]
}

/** Milliseconds of work after which somebody wants to know how far it is. */
const silence = 2_000

/**
 * Everything that `generate` writes, role by role.
 *
 * @throws UsageError for options that cannot be followed, a target that fails, and files that cannot be written together
 */
export async function generateFiles(
  catalog: Catalog,
  generation: Generation,
  progress: Progress = silent,
): Promise<readonly RoleOutput[]> {
  const { schemas, roles, targets } = generation
  const folders = roleFolders(roles)
  const choose = chooserOf(catalog, schemas, generation)
  const known = roles.map((role) => factsOn(catalog, role, generation))
  const chosen = known.map(({ surface }) => choose(surface))
  const surfaces = chosen.map(({ surface }) => surface)
  await checkOptions(targets, { schemas, catalog, surfaces })
  const project: Project = { schemas }
  const outputs: RoleOutput[] = []
  let said = performance.now()
  for (const [at, one] of chosen.entries()) {
    const { surface } = one
    const output = await roleOutput(surface, folders.get(surface.role) ?? '', project, targets)
    outputs.push({ ...output, remarks: [...remarksOn(catalog, one, schemas), ...(known[at]?.remarks ?? [])] })
    if (outputs.length === roles.length || performance.now() - said < silence) continue
    progress.say(`made the files of ${outputs.length} of ${count(roles.length, 'role')}`)
    said = performance.now()
  }
  return outputs
}

async function roleOutput(
  surface: Surface,
  folder: string,
  project: Project,
  targets: readonly ChosenTarget[],
): Promise<Omit<RoleOutput, 'remarks'>> {
  const emitted: Emitted[] = []
  const reports = new Map<string, TargetReport>()
  for (const { target, reference, options } of targets) {
    await guarded({ target, reference }, surface.role, async () => {
      emitted.push({ target: target.name, files: await target.emit(surface, options, project) })
      const report = target.report?.(surface, options)
      if (report !== undefined) reports.set(target.name, report)
    })
  }
  const files = checkedFiles(emitted, surface.role).map((file) => ({ ...file, path: `${folder}/${file.path}` }))
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
