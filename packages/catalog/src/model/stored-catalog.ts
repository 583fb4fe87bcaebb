import { CatalogError } from '../errors.js'
import type { Catalog } from './catalog.js'

/** The version of the form that this version writes and reads. */
const format = 5

/** A stored catalog that cannot be used: it is cut off, no catalog at all, or of another version. */
export class StoredCatalogError extends CatalogError {
  override name = 'StoredCatalogError'
}

/** A catalog as text to store: JSON, a line a value, the same bytes for the same catalog. */
export function printCatalog(catalog: Catalog): string {
  return `${JSON.stringify(catalog, null, 1)}\n`
}

const lists = {
  roles: true,
  schemas: true,
  types: true,
  relations: true,
  routines: true,
  casts: true,
  extensions: true,
  settings: true,
  defaultAcls: true,
  sequences: true,
  privileges: true,
} satisfies Record<Exclude<keyof Catalog, 'format' | 'serverVersion' | 'databaseComment' | 'security'>, true>

/**
 * Reads what `printCatalog` wrote.
 *
 * @throws StoredCatalogError that says what is wrong with the text
 */
export function parseCatalog(text: string): Catalog {
  const catalog = parseJson(text)
  if (!isObject(catalog) || !('format' in catalog)) {
    throw new StoredCatalogError('This is JSON, but not a catalog. `rolecast snapshot` writes one.')
  }
  if (catalog.format !== format) {
    throw new StoredCatalogError(
      `This catalog has the format ${JSON.stringify(catalog.format)}; this version of rolecast reads format ${format}. ` +
        'Write it again with `rolecast snapshot`.',
    )
  }
  for (const key of Object.keys(lists)) {
    const list = catalog[key]
    if (!Array.isArray(list)) throw new StoredCatalogError(`This catalog is damaged: it has no list "${key}".`)
    const bad = list.findIndex((item) => !isObject(item))
    if (bad >= 0) throw new StoredCatalogError(`This catalog is damaged: ${key}[${bad}] is not an object.`)
  }
  return catalog as unknown as Catalog
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const cut = text.trimEnd().endsWith('}') ? '' : ' It looks cut off.'
    throw new StoredCatalogError(`This is not JSON: ${(error as Error).message}.${cut}`, { cause: error })
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
