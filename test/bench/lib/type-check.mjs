// Projects of generated clients and queries, and what it costs TypeScript to check them.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const testFolder = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(join(testFolder, 'package.json'))

/** The compilers that generated code is checked with: name → folder of the package. */
export const compilers = {
  5.4: compiler('typescript-5.4'),
  5.9: compiler('typescript'),
  '6.0': compiler('typescript-6'),
  '7.0': compiler('typescript-7'),
}

function compiler(name) {
  return dirname(require.resolve(`${name}/package.json`))
}

const compilerOptions = {
  strict: true,
  target: 'ES2022',
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  types: [],
  skipLibCheck: true,
  noEmit: true,
}

/**
 * A folder with files (path → content) that can import the workspace's packages as an app would.
 *
 * @returns its path, and what removes it
 */
export function project(files, { options = {}, include = ['*.ts'] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rolecast-types-'))
  symlinkSync(join(testFolder, 'node_modules'), join(folder, 'node_modules'), 'dir')
  write('package.json', '{ "type": "module" }')
  write('tsconfig.json', JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include }))
  for (const [path, content] of Object.entries(files)) write(path, content)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }

  function write(path, content) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

/** Checks a project: the lines of its errors, and what `--extendedDiagnostics` counts. */
export async function check(folder, compilerFolder) {
  // One thread: TypeScript 7 counts the same things twice in several.
  const single = compilerFolder.includes('typescript-7') ? ['--singleThreaded'] : []
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(compilerFolder, 'bin/tsc'), '--project', folder, '--extendedDiagnostics', '--pretty', 'false', ...single],
    { maxBuffer: 1 << 26 },
  ).catch((error) => error)
  return {
    errors: stdout.split('\n').filter((line) => /error TS\d+|^ +\S/.test(line)),
    instantiations: figure(stdout, 'Instantiations'),
    types: figure(stdout, 'Types'),
    memory: figure(stdout, 'Memory used') / 1024,
    seconds: figure(stdout, 'Check time'),
  }
}

function figure(output, name) {
  const found = new RegExp(`^${name}:\\s*([\\d.,]+)`, 'm').exec(output)
  return found === null ? Number.NaN : Number(found[1].replaceAll(',', ''))
}
