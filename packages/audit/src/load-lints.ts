import { readdir } from 'node:fs/promises'
import type { Lint } from './lint.js'

const folder = new URL('./lints/', import.meta.url)

/** `g01-public-grant.js`; in `.ts` where tests read the sources. */
const isLint = /(^|[/\\])[a-z]\d\d-[a-z0-9-]+\.(js|ts)$/

/** Every lint under `lints/`, by id: a file there is all that a new one needs. */
export async function loadLints(): Promise<readonly Lint[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => isLint.test(file))
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<{ lint: Lint }>))
  return modules.map(({ lint }) => lint).sort((a, b) => (a.id < b.id ? -1 : 1))
}
