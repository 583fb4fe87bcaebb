import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../examples/shop/sql/', import.meta.url))

/** The shop's schema, in order; files with data are left out. */
export const shopFiles: readonly string[] = readdirSync(folder)
  .filter((file) => /^[01]\d-.*\.sql$/.test(file))
  .sort()
  .map((file) => folder + file)
