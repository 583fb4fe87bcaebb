import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { PresetOptions, PresetProject } from './preset.js'
import { supabaseConfigFile } from './supabase/config-toml.js'
import { supabaseProject } from './supabase/project.js'

/** The preset whose project a folder looks like, and the file that says so. */
export function presetOf(folder: string): { readonly name: PresetOptions['name']; readonly file: string } | undefined {
  const file = join(folder, supabaseConfigFile)
  return existsSync(file) ? { name: 'supabase', file } : undefined
}

/**
 * @param needsDatabase whether the project's SQL files are wanted; else they need not be there
 * @throws UsageError for a project that cannot be read
 */
export function presetProject(options: PresetOptions, folder: string, needsDatabase: boolean): Promise<PresetProject> {
  const read = { supabase: supabaseProject }[options.name]
  return read(options, folder, needsDatabase)
}
