// What an editor asks TypeScript's language service while somebody types a query.
import { join } from 'node:path'
import ts from 'typescript'

/**
 * Completions at `‸` in a source, in a project of `type-check.mjs`.
 *
 * @returns for each source their names, and the time that the language service took
 */
export function completions(folder, sources) {
  const file = join(folder, 'typing.ts')
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  let text = ''
  let version = 0
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? `${version}` : '0'),
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath,
  })
  return sources.map((source) => {
    const at = source.indexOf('‸')
    text = source.replace('‸', '')
    version++
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    const names = service.getCompletionsAtPosition(file, at, {})?.entries.map(({ name }) => name) ?? []
    const { user, system } = process.cpuUsage(cpu)
    return { names, milliseconds: performance.now() - start, cpuMilliseconds: (user + system) / 1000 }
  })
}
