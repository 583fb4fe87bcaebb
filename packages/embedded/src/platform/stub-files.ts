import { createHash } from 'node:crypto'
import { chmod, copyFile, link, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Binaries, exists } from '../binaries.js'
import { stagingFolder } from '../cache-folder.js'
import type { StubExtension } from './platform.js'

/** Where PostgreSQL looks for extensions, below its home. */
const extensionFolder = ['share', 'postgresql', 'extension'] as const

/** The version that every stub has. */
const version = '1.0'

/**
 * PostgreSQL's files with stub extensions among them: a folder of its own, beside the files that are used without. All but
 * the stubs are links to these, so it costs next to nothing; the server's program is a hard link or a copy, since it looks
 * for its files from where it really stands. Extensions that PostgreSQL brings along stay as they are.
 */
export async function withStubExtensions(binaries: Binaries, extensions: readonly StubExtension[]): Promise<Binaries> {
  const tag = createHash('sha256').update(JSON.stringify(extensions)).digest('hex').slice(0, 8)
  const home = `${binaries.home}-stubs-${tag}`
  if (!(await exists(home))) await makeHome(binaries.home, home, extensions)
  return { ...binaries, home }
}

async function makeHome(source: string, home: string, extensions: readonly StubExtension[]): Promise<void> {
  const staging = await stagingFolder(dirname(home), basename(home))
  try {
    await linkEntries(source, staging, ['bin', extensionFolder[0]])
    await copyPrograms(join(source, 'bin'), join(staging, 'bin'))
    for (let depth = 1; depth <= extensionFolder.length; depth++) {
      const path = extensionFolder.slice(0, depth)
      const inner = extensionFolder[depth]
      await makeFolder(join(staging, ...path))
      await linkEntries(join(source, ...path), join(staging, ...path), inner === undefined ? [] : [inner])
    }
    await writeStubs(join(staging, ...extensionFolder), extensions)
    await chmod(staging, 0o755)
    await rename(staging, home)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    // Another process finished the same folder first.
    if (!(await exists(home))) throw error
  }
}

async function linkEntries(source: string, target: string, except: readonly string[]): Promise<void> {
  for (const name of await readdir(source)) {
    if (!except.includes(name)) await symlink(join(source, name), join(target, name))
  }
}

async function copyPrograms(source: string, target: string): Promise<void> {
  await makeFolder(target)
  for (const name of await readdir(source)) {
    const from = join(source, name)
    const to = join(target, name)
    await link(from, to).catch(() => copyFile(from, to)) // some file systems have no hard links
  }
}

async function writeStubs(folder: string, extensions: readonly StubExtension[]): Promise<void> {
  const present = new Set(await readdir(folder))
  for (const { name, script, isRelocatable, requires } of extensions) {
    if (present.has(`${name}.control`)) continue
    const control = [
      `comment = 'stub: types and signatures only'`,
      `default_version = '${version}'`,
      'superuser = false',
      `relocatable = ${isRelocatable}`,
      ...(requires ? [`requires = '${requires.join(', ')}'`] : []),
    ]
    await writeOpen(join(folder, `${name}.control`), `${control.join('\n')}\n`)
    await writeOpen(join(folder, `${name}--${version}.sql`), script)
  }
}

// Another user may run the server, whatever this one's umask is.

async function makeFolder(path: string): Promise<void> {
  await mkdir(path)
  await chmod(path, 0o755)
}

async function writeOpen(path: string, text: string): Promise<void> {
  await writeFile(path, text)
  await chmod(path, 0o644)
}
