import { pathToFileURL } from 'node:url'
import type { Surface } from '@rolecast/catalog'
import { emitZod, type ZodOptions } from '@rolecast/templates/zod'
import { transform } from 'esbuild'
import type { z } from 'zod'
import { project } from '../bench/lib/type-check.mjs'

export type Schemas = Readonly<Record<string, z.ZodObject>>

/** The schemas of a role as an app has them: without types, and imported. */
export async function importedSchemas(surface: Surface, options: ZodOptions = {}): Promise<Schemas> {
  const { code } = await transform(emitZod(surface, options).content, { loader: 'ts', target: 'es2022' })
  const { folder, remove } = project({ 'zod.js': code })
  try {
    return await import(pathToFileURL(`${folder}/zod.js`).href)
  } finally {
    remove()
  }
}

/** What a schema says against a value. */
export function messages(schema: z.ZodType | undefined, value: unknown): string[] {
  const result = schema?.safeParse(value)
  return result?.error?.issues.map(({ message }) => message) ?? []
}
