import { relative } from 'node:path'
import type { AppUse } from '@rolecast/audit'
import { Node } from 'ts-morph'
import { count, type Progress } from '../progress.js'
import { readEscape } from './escapes.js'
import { FoundUsage, type Unresolved } from './found-usage.js'
import { generatedFile } from './generated-file.js'
import { openProject } from './open-project.js'
import { readClientCall } from './read-client.js'
import { readSupabaseCall } from './read-supabase.js'

export interface AppUsage {
  readonly uses: readonly AppUse[]
  readonly unresolved: readonly Unresolved[]
  /** how many calls were read */
  readonly calls: number
}

export interface UsageOptions {
  /** the roles that supabase-js runs as, where its types do not say */
  readonly supabaseRoles: readonly string[]
}

/**
 * What the programs of some apps ask of the API.
 *
 * @param tsconfigs files, or folders that they are in
 * @throws UsageError
 */
export function readUsage(tsconfigs: readonly string[], { supabaseRoles }: UsageOptions, progress: Progress): AppUsage {
  const found = new FoundUsage((file) => relative(process.cwd(), file))
  for (const path of tsconfigs) {
    const project = openProject(path)
    const files = project.getSourceFiles().filter((file) => !file.isDeclarationFile() && generatedFile(file) === null)
    progress.say(`reading ${count(files.length, 'file')} of ${path}`)
    for (const file of files) {
      file.forEachDescendant((node) => {
        readEscape(node, supabaseRoles, found)
        if (!Node.isCallExpression(node)) return
        readClientCall(node, found)
        readSupabaseCall(node, supabaseRoles, found)
      })
    }
  }
  return found
}
