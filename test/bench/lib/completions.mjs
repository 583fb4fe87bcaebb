// What an editor asks TypeScript's language service while somebody types a query.
import { join } from 'node:path'
import ts from 'typescript'

/**
 * Completions at `‸` in a source, in a project of `type-check.mjs`.
 *
 * @returns for each source their names, and the time that the language service took
 */
export function completions(folder, sources) {
  const ask = asker(folder)
  return sources.map((source) => {
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    const names =
      ask(source, (...at) => at[0].getCompletionsAtPosition(at[1], at[2], {}))?.entries.map(({ name }) => name) ?? []
    const { user, system } = process.cpuUsage(cpu)
    return { names, milliseconds: performance.now() - start, cpuMilliseconds: (user + system) / 1000 }
  })
}

/**
 * What an editor shows of the name at `‸` in a source, without breaks of lines.
 *
 * @returns one text for each source
 */
export function hovers(folder, sources) {
  const ask = asker(folder)
  return sources.map((source) => {
    const info = ask(source, (...at) => at[0].getQuickInfoAtPosition(at[1], at[2]))
    return ts.displayPartsToString(info?.displayParts).replaceAll(/\s+/g, ' ')
  })
}

/** A language service of one file whose text changes. */
function asker(folder) {
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
  return (source, question) => {
    text = source.replace('‸', '')
    version++
    return question(service, file, source.indexOf('‸'))
  }
}
