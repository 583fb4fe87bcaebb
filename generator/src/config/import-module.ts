import { fileURLToPath } from 'node:url'
import { UsageError } from '../errors.js'

/**
 * The default export of a module in TypeScript, JavaScript or JSON.
 *
 * @throws UsageError when the module cannot be loaded
 */
export async function importDefault(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  // The module's own `import … from 'rolecast'` is this very command, installed in the project or not.
  const self = fileURLToPath(new URL('../index.js', import.meta.url))
  const jiti = createJiti(import.meta.url, { alias: { rolecast: self }, moduleCache: false, fsCache: false })
  try {
    return await jiti.import<unknown>(file, { default: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const reason = message
      .replace(`${file}: `, '')
      .replace(/\nRequire stack:.*/s, '')
      .replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, ' is not valid JSON') // without what it quotes: a password?
    throw new UsageError(`${file} cannot be loaded: ${reason}`, { cause: error })
  }
}
