import { dirname } from 'node:path'
import type { z } from 'zod'
import { UsageError } from '../errors.js'
import type { PresetProject } from '../presets/preset.js'
import { presetOf, presetProject } from '../presets/presets.js'
import { type ChosenTarget, chooseTargets } from '../targets/choose-targets.js'
import { describeIssue } from './describe-issue.js'
import { findConfig, findConfigIn } from './find-config.js'
import { importDefault } from './import-module.js'
import { configSchema } from './schema.js'
import { strayKeys } from './stray-keys.js'

export interface LoadedConfig {
  readonly config: z.output<typeof configSchema>
  /** what is written for each role */
  readonly targets: readonly ChosenTarget[]
  /** what the preset knows of the project; undefined: there is no preset */
  readonly project: PresetProject | undefined
  /** absolute path of the configuration file, or of the one that a preset goes by */
  readonly file: string
  /** its folder: the configuration's paths are relative to it */
  readonly folder: string
}

/** What the command line says beside the file. */
export interface ConfigOptions {
  /** a preset for a configuration that names none */
  readonly preset?: string | undefined
  /** the database is named elsewhere, so that none is needed here */
  readonly hasDatabase?: boolean
}

/** Whether a folder has a configuration, or looks like a project that needs none. */
export function hasConfig(folder: string): boolean {
  return findConfigIn(folder) !== undefined || presetOf(folder) !== undefined
}

/**
 * Loads and checks the project's configuration. A folder without one that looks like a preset's project goes by the preset.
 *
 * @param given path of the file; without it the first of `rolecast.config.{ts,mts,js,mjs,json}` in `cwd`
 * @throws UsageError saying which key is wrong and what was expected there
 */
export async function loadConfig(
  given: string | undefined,
  cwd: string,
  { preset, hasDatabase = false }: ConfigOptions = {},
): Promise<LoadedConfig> {
  const read = await readExport(given, cwd, preset)
  const { file, folder, said } = read
  const project = await projectOf(read, !hasDatabase && said.database === undefined)
  const exported: Exported = { ...project?.defaults, ...said }
  const own = checkOwnKeys(exported, project)
  // Which other keys there may be depends on the targets.
  const named = configSchema.shape.targets.safeParse(exported.targets)
  const targets = named.success ? await chooseTargets(named.data ?? ['client'], exported, file) : []
  const strays = named.success ? strayKeys(Object.keys(exported), targets) : []
  const problems = [...strays, ...own.problems, ...targets.flatMap((target) => target.problems)]
  if (own.config === undefined || problems.length > 0) {
    throw invalid(file, problems)
  }
  return { config: own.config, targets, project, file, folder }
}

interface Read {
  readonly file: string
  readonly folder: string
  readonly said: Exported
}

/** What a file exports, or what stands for it where there is none but a preset. */
async function readExport(given: string | undefined, cwd: string, preset: string | undefined): Promise<Read> {
  const recognized = presetOf(cwd)
  const isOnlyPreset = given === undefined && findConfigIn(cwd) === undefined
  if (isOnlyPreset && (preset !== undefined || recognized !== undefined)) {
    return { file: recognized?.file ?? cwd, folder: cwd, said: { preset: preset ?? recognized?.name } }
  }
  const file = findConfig(given, cwd)
  const exported = await importDefault(file)
  if (!isConfigLike(exported)) {
    throw new UsageError(`${file} exports no configuration. It should say: export default defineConfig({ … })`)
  }
  return { file, folder: dirname(file), said: { ...(preset !== undefined && { preset }), ...exported } }
}

/** @throws UsageError also for a preset that is none: without it, what else is missing says nothing */
async function projectOf({ file, folder, said }: Read, needsDatabase: boolean): Promise<PresetProject | undefined> {
  const schema = configSchema.shape.preset
  const read = schema.safeParse(said.preset)
  if (!read.success) {
    throw invalid(
      file,
      read.error.issues.map((issue) => describeIssue(issue, { value: said.preset, schema, under: 'preset' })),
    )
  }
  return read.data === undefined ? undefined : presetProject(read.data, folder, needsDatabase)
}

function invalid(file: string, problems: readonly string[]): UsageError {
  return new UsageError(`${file} is not a valid configuration:\n${problems.map((line) => `  ${line}`).join('\n')}`)
}

type Exported = Readonly<Record<string, unknown>>

/** A module without a default export comes as the object of what else it exports. */
function isConfigLike(exported: unknown): exported is Exported {
  return (
    exported !== null && typeof exported === 'object' && Object.keys(exported).some((key) => key in configSchema.shape)
  )
}

/** The configuration's own keys, without those that stand under targets' names. */
function checkOwnKeys(exported: Exported, project: PresetProject | undefined) {
  const own = Object.fromEntries(Object.entries(exported).filter(([key]) => key in configSchema.shape))
  const result = configSchema.safeParse(own)
  if (result.success) return { config: result.data, problems: platformsOwn(result.data.schemas, project) }
  const checked = { value: exported, schema: configSchema, under: '' }
  return { config: undefined, problems: result.error.issues.map((issue) => describeIssue(issue, checked)) }
}

/** Schemas of the platform among those to expose. */
function platformsOwn(schemas: readonly string[], project: PresetProject | undefined): readonly string[] {
  const found = schemas.filter((schema) => project?.platformSchemas.includes(schema))
  if (found.length === 0) return []
  return [`schemas: ${found.join(', ')} is the platform's, not the project's: no client is generated for it`]
}
