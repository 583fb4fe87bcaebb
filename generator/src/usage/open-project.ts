import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Project } from 'ts-morph'
import { UsageError } from '../errors.js'

/**
 * The program that a tsconfig.json describes.
 *
 * @param path the file, or the folder that it is in
 * @throws UsageError where there is none, it cannot be read, or it names no source files
 */
export function openProject(path: string): Project {
  const file = fileAt(path)
  let project: Project
  try {
    project = new Project({ tsConfigFilePath: file })
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
  if (project.getSourceFiles().length === 0) throw new UsageError(`${path} names no source files.`)
  return project
}

function fileAt(path: string): string {
  const found = statSync(resolve(path), { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`There is no ${path}.`)
  return found.isDirectory() ? fileAt(join(path, 'tsconfig.json')) : resolve(path)
}
