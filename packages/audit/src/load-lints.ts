import { readdir } from 'node:fs/promises'
import type { Lint } from './lint.js'

const folder = new URL('./lints/', import.meta.url)

/** Every lint under `lints/`, by id: a file there is all that a new one needs. */
export async function loadLints(): Promise<readonly Lint[]> {
  const files = (await readdir(folder, { recursive: true })).filter(
    (file) => /\.(js|ts)$/.test(file) && !/\.(test|cases|fixture|d)\.(js|ts)$/.test(file),
  )
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<{ lint: Lint }>))
  return modules.map(({ lint }) => lint).sort((a, b) => (a.id < b.id ? -1 : 1))
}
