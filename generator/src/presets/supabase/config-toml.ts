import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, TomlError } from 'smol-toml'
import { z } from 'zod'
import { UsageError } from '../../errors.js'

/** Where the platform's tool keeps a project's configuration. */
export const supabaseConfigFile = 'supabase/config.toml'

const texts = z.array(z.string())

/** What of it says something about the database and its API. Everything else is the platform's tool's. */
const configToml = z.object({
  api: z
    .object({
      port: z.int().optional(),
      schemas: texts.optional(),
      extra_search_path: texts.optional(),
      max_rows: z.int().optional(),
      auto_expose_new_tables: z.boolean().optional(),
    })
    .optional(),
  db: z
    .object({
      major_version: z.int().optional(),
      migrations: z.object({ enabled: z.boolean().optional(), schema_paths: texts.optional() }).optional(),
      seed: z.object({ enabled: z.boolean().optional(), sql_paths: texts.optional() }).optional(),
    })
    .optional(),
})

export type ConfigToml = z.output<typeof configToml>

/**
 * @returns what there is; nothing where there is no such file
 * @throws UsageError for a file that is no TOML, with line and column, and for values of another kind than expected
 */
export async function readConfigToml(folder: string): Promise<ConfigToml> {
  const file = join(folder, supabaseConfigFile)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
  const result = configToml.safeParse(parsed(text, file))
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new UsageError(`${file}: ${problems.join('\n  ')}`)
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    throw new UsageError(`${file}:${error.line}:${error.column}: this is no TOML: ${reason}`, { cause: error })
  }
}
