import { createRequire } from 'node:module'
import { join } from 'node:path'
import type ts from 'typescript'
import { check as checkByCommand, compilers } from '../bench/lib/type-check.mjs'

export type Version = keyof typeof compilers

export const versions: readonly Version[] = ['5.4', '5.9', '6.0', '7.0']

/** What checking a project found, and what it cost: counts that are the same on every machine. */
export interface Checked {
  readonly errors: readonly string[]
  readonly instantiations: number
  readonly types: number
}

const require = createRequire(import.meta.url)
const parsed = new Map<string, ts.SourceFile | undefined>()

/**
 * Checks a project. In this process, which reads a compiler and the standard library once for all projects; TypeScript 7
 * is a program of its own, and quick.
 */
export async function check(folder: string, version: Version): Promise<Checked> {
  if (version === '7.0') return checkByCommand(folder, compilers[version])
  const { compiler, program } = programOf(folder, version)
  return checked(compiler, program, compiler.getPreEmitDiagnostics(program))
}

/** Checks one file of a project after the other: what it has cost after each. Not for TypeScript 7. */
export function checkInTurn(folder: string, version: Exclude<Version, '7.0'>, names: readonly string[]): Checked[] {
  const { compiler, program } = programOf(folder, version)
  return names.map((name) =>
    checked(compiler, program, program.getSemanticDiagnostics(program.getSourceFile(join(folder, name)))),
  )
}

function programOf(folder: string, version: Version): { compiler: typeof ts; program: ts.Program } {
  const compiler: typeof ts = require(compilers[version])
  const config = compiler.readConfigFile(join(folder, 'tsconfig.json'), compiler.sys.readFile)
  const { options, fileNames } = compiler.parseJsonConfigFileContent(config.config, compiler.sys, folder)
  return { compiler, program: compiler.createProgram(fileNames, options, hostOf(compiler, options, folder)) }
}

function checked(compiler: typeof ts, program: ts.Program, problems: readonly ts.Diagnostic[]): Checked {
  const host = { getCurrentDirectory: () => '/', getCanonicalFileName: String, getNewLine: () => '\n' }
  const lines = compiler.formatDiagnostics(problems, host).split('\n')
  return {
    errors: lines.filter((line) => /error TS\d+|^ +\S/.test(line)),
    instantiations: program.getInstantiationCount(),
    types: program.getTypeCount(),
  }
}

/**
 * Reads files as usual, and those outside of the project, which do not change, once for each compiler: no project has
 * options that make them something else.
 */
function hostOf(compiler: typeof ts, options: ts.CompilerOptions, folder: string): ts.CompilerHost {
  const host = compiler.createCompilerHost(options)
  const read = host.getSourceFile
  return {
    ...host,
    getSourceFile(name, ...rest) {
      if (name.startsWith(folder) && !name.includes('/node_modules/')) return read(name, ...rest)
      const key = `${compiler.version} ${name}`
      if (!parsed.has(key)) parsed.set(key, read(name, ...rest))
      return parsed.get(key)
    },
  }
}
