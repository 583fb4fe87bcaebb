import { dirname } from 'node:path'
import type { z } from 'zod'
import { UsageError } from '../errors.js'
import { type ChosenTarget, chooseTargets } from '../targets/choose-targets.js'
import { describeIssue } from './describe-issue.js'
import { findConfig } from './find-config.js'
import { importDefault } from './import-module.js'
import { configSchema } from './schema.js'
import { strayKeys } from './stray-keys.js'

export interface LoadedConfig {
  readonly config: z.output<typeof configSchema>
  /** what is written for each role */
  readonly targets: readonly ChosenTarget[]
  /** absolute path of the configuration file */
  readonly file: string
  /** its folder: the configuration's paths are relative to it */
  readonly folder: string
}

/**
 * Loads and checks the project's configuration.
 *
 * @param given path of the file; without it the first of `rolecast.config.{ts,mts,js,mjs,json}` in `cwd`
 * @throws UsageError saying which key is wrong and what was expected there
 */
export async function loadConfig(given: string | undefined, cwd: string): Promise<LoadedConfig> {
  const file = findConfig(given, cwd)
  const folder = dirname(file)
  const exported = await importDefault(file)
  if (!isConfigLike(exported)) {
    throw new UsageError(`${file} exports no configuration. It should say: export default defineConfig({ … })`)
  }
  const own = checkOwnKeys(exported)
  // Which other keys there may be depends on the targets.
  const named = configSchema.shape.targets.safeParse(exported.targets)
  const targets = named.success ? await chooseTargets(named.data ?? ['client'], exported, file) : []
  const strays = named.success ? strayKeys(Object.keys(exported), targets) : []
  const problems = [...strays, ...own.problems, ...targets.flatMap((target) => target.problems)]
  if (own.config === undefined || problems.length > 0) {
    throw new UsageError(`${file} is not a valid configuration:\n${problems.map((line) => `  ${line}`).join('\n')}`)
  }
  return { config: own.config, targets, file, folder }
}

type Exported = Readonly<Record<string, unknown>>

/** A module without a default export comes as the object of what else it exports. */
function isConfigLike(exported: unknown): exported is Exported {
  return (
    exported !== null && typeof exported === 'object' && Object.keys(exported).some((key) => key in configSchema.shape)
  )
}

/** The configuration's own keys, without those that stand under targets' names. */
function checkOwnKeys(exported: Exported) {
  const own = Object.fromEntries(Object.entries(exported).filter(([key]) => key in configSchema.shape))
  const result = configSchema.safeParse(own)
  if (result.success) return { config: result.data, problems: [] }
  const checked = { value: exported, schema: configSchema, under: '' }
  return { config: undefined, problems: result.error.issues.map((issue) => describeIssue(issue, checked)) }
}
