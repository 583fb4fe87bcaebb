import { dirname } from 'node:path'
import { closestName } from '@rolecast/catalog'
import { builtInTargets, type Target } from '@rolecast/templates'
import { describeIssue } from '../config/describe-issue.js'
import { configSchema } from '../config/schema.js'
import { UsageError } from '../errors.js'
import { loadOwnTarget } from './own-target.js'

/** A target of the configuration, with its options. */
export interface ChosenTarget {
  readonly target: Target
  /** as the configuration names it: a name, or a path */
  readonly reference: string
  /** checked, with the target's defaults filled in */
  readonly options: unknown
  /** what is wrong with the options; then these are not to be used */
  readonly problems: readonly string[]
}

/**
 * Finds the targets that the configuration names, and reads each one's options.
 *
 * @param references names of targets that rolecast brings along, and paths of others
 * @param exported the configuration: options stand under the targets' names
 * @param file the configuration file: paths are relative to its folder
 * @throws UsageError for a target that there is not, that cannot be loaded, or whose name is taken
 */
export async function chooseTargets(
  references: readonly string[],
  exported: Readonly<Record<string, unknown>>,
  file: string,
): Promise<readonly ChosenTarget[]> {
  const chosen = new Map<string, ChosenTarget>()
  for (const reference of references) {
    const target = isPath(reference) ? await loadOwnTarget(reference, dirname(file)) : builtIn(reference, file)
    const { name } = target
    const other = chosen.get(name)
    if (other !== undefined) {
      throw new UsageError(`${file}: targets: ${other.reference} and ${reference} are both called ${name}.`)
    }
    if (name in configSchema.shape || (isPath(reference) && builtInTargets.some((known) => known.name === name))) {
      const holder = name in configSchema.shape ? 'a key of the configuration' : 'a target of rolecast'
      throw new UsageError(
        `${file}: targets: ${reference} is called ${name}, which is ${holder}. Give it another name.`,
      )
    }
    chosen.set(name, { target, reference, ...readOptions(target, exported[name] ?? {}) })
  }
  return [...chosen.values()]
}

function isPath(reference: string): boolean {
  return /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(reference)
}

function builtIn(name: string, file: string): Target {
  const target: Target | undefined = builtInTargets.find((known) => known.name === name)
  if (target !== undefined) return target
  const names = builtInTargets.map((known) => known.name)
  const near = closestName(name, names)
  throw new UsageError(
    `${file}: targets: there is no target ${name}${near === undefined ? '' : `; did you mean ${near}?`} ` +
      `Known: ${names.join(', ')}. A target of your own is named by its path: './my-target.ts'.`,
  )
}

function readOptions({ name, options: schema }: Target, value: unknown): Pick<ChosenTarget, 'options' | 'problems'> {
  const result = schema.safeParse(value)
  if (result.success) return { options: result.data, problems: [] }
  const checked = { value, schema, under: name }
  return { options: undefined, problems: result.error.issues.map((issue) => describeIssue(issue, checked)) }
}
