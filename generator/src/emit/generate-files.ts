import { type Catalog, surfaceOf } from '@rolecast/catalog'
import { ClientOptionsError, checkNames, emitClient, inlineRuntime, offered } from '@rolecast/templates/client'
import type { Config } from '../config/config.js'
import { UsageError } from '../errors.js'
import { clientOptionsOf } from './client-options.js'
import type { OutputFile } from './output-files.js'
import { roleFolders } from './role-folders.js'

export interface RoleOutput {
  readonly role: string
  /** relative to the output folder */
  readonly folder: string
  readonly files: readonly OutputFile[]
  /** in the client */
  readonly relations: number
  /** not in the client, since no policy lets the role touch a row of them */
  readonly hidden: readonly string[]
  readonly functions: number
}

/**
 * Everything that `generate` writes, role by role: a pure function of catalog and options.
 *
 * @throws UsageError for options that cannot be followed
 */
export function generateFiles(catalog: Catalog, options: Pick<Config, 'schemas' | 'roles' | 'client'>): RoleOutput[] {
  try {
    return roleOutputs(catalog, options)
  } catch (error) {
    if (error instanceof ClientOptionsError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

function roleOutputs(catalog: Catalog, options: Pick<Config, 'schemas' | 'roles' | 'client'>): RoleOutput[] {
  const folders = roleFolders(options.roles)
  const surfaces = options.roles.map((role) => surfaceOf(catalog, role, { schemas: options.schemas }))
  checkNames(catalog, surfaces, clientOptionsOf(options.client, ''))
  return surfaces.map((surface) => {
    const { role } = surface
    const folder = folders.get(role) ?? role
    // A role that may not use the API's default schema has another one first on its surface.
    const [defaultSchema = ''] = options.schemas
    const clientOptions = { ...clientOptionsOf(options.client, role), defaultSchema }
    const emitted = emitClient(surface, clientOptions)
    const runtime = clientOptions.runtime === 'inline' ? inlineRuntime() : []
    const files = [...emitted, ...runtime].map(({ path, content }) => ({ path: `${folder}/${path}`, content }))
    const { relations } = offered(surface, clientOptions)
    const names = new Set(relations.map(nameOf))
    const hidden = surface.relations.filter((relation) => !relation.isPartition && !names.has(nameOf(relation)))
    return {
      role,
      folder,
      files,
      relations: relations.length,
      hidden: hidden.map(nameOf),
      functions: surface.functions.length,
    }
  })
}

const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }) => `${schema}.${name}`
