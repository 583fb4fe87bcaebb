import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../errors.js'

/**
 * The default export of a module in TypeScript, JavaScript or JSON.
 *
 * @throws UsageError when the module cannot be loaded
 */
export async function importDefault(file: string): Promise<unknown> {
  try {
    // Node would keep JSON that it has read once, so that a change of it went unseen.
    if (extname(file) === '.json') return JSON.parse(await readFile(file, 'utf8'))
    return await importProgram(file)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const reason = message
      .replace(`${file}: `, '')
      .replace(/\nRequire stack:.*/s, '')
      .replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, ' is not valid JSON') // without what it quotes: a password?
    throw new UsageError(`${file} cannot be loaded: ${reason}`, { cause: error })
  }
}

async function importProgram(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  // The module's own `import … from 'rolecast'` is this very command, installed in the project or not.
  const self = fileURLToPath(new URL('../index.js', import.meta.url))
  const jiti = createJiti(import.meta.url, { alias: { rolecast: self }, moduleCache: false, fsCache: false })
  return jiti.import<unknown>(file, { default: true })
}
