import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { printable } from '@rolecast/audit/printable'
import { findConfigIn } from '../config/find-config.js'
import { UsageError } from '../errors.js'
import { namesIn } from '../input/source-options.js'
import { askDatabase, type Suggested } from './ask-database.js'
import { type Answers, configText } from './config-text.js'
import { recognize } from './recognize.js'
import type { StarterFile } from './starter.js'
import { writeStarter } from './write-starter.js'

export interface InitOptions {
  readonly db?: string
  readonly schemas?: readonly string[]
  readonly roles?: readonly string[]
  readonly out?: string
  /** take what was found for an answer */
  readonly yes?: boolean
  readonly force?: boolean
}

/** Where somebody is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream
}

const script = { name: 'generate:api', command: 'rolecast generate' }

/**
 * Writes a configuration for the project in a folder, and a script into its package.json. What the options do not say is
 * found in the project or its database, or asked at a terminal.
 *
 * @returns what was done, a line each
 * @throws UsageError where something is not said, and where there is a configuration already
 */
export async function initProject(
  folder: string,
  options: InitOptions,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<readonly string[]> {
  const there = findConfigIn(folder)
  if (there !== undefined && !options.force) {
    throw new UsageError(`${there} is there already. Nothing was written; --force writes over it.`)
  }
  const file: StarterFile = {
    path: 'rolecast.config.ts',
    content: configText(await answersFor(folder, options, terminal)),
  }
  await writeStarter(folder, [file], options.force ?? false)
  const isScripted = await addScript(join(folder, 'package.json'))
  return [
    `${file.path} written.`,
    ...(isScripted ? [`npm run ${script.name} writes the clients (a script in package.json).`] : []),
    'Next: npx rolecast generate',
  ]
}

async function answersFor(folder: string, options: InitOptions, terminal: Terminal): Promise<Answers> {
  const found = recognize(folder)
  const ask = asker(options.yes === true || terminal.input.isTTY !== true ? undefined : terminal)
  try {
    if (options.db === undefined && found.kind === 'supabase') {
      return {
        database: { preset: 'supabase' },
        schemas: [],
        roles: options.roles ?? ['anon', 'authenticated'],
        out: options.out ?? 'src/api',
      }
    }
    const place =
      options.db ??
      (await ask('Database URI, or a folder or file of SQL', found.kind === 'sql' ? found.path : undefined, '--db'))
    const database = /^postgres(ql)?:\/\//.test(place) ? { uri: place } : { sql: place }
    const none: Suggested = { schemas: [], roles: [] }
    const suggested = 'uri' in database && (!options.schemas || !options.roles) ? await askDatabase(database.uri) : none
    const names = async (option: '--schemas' | '--roles', question: string, suggestion: readonly string[]) =>
      namesIn(option)(await ask(question, suggestion.length > 0 ? suggestion.join(',') : undefined, option))
    return {
      database,
      schemas: options.schemas ?? (await names('--schemas', 'Exposed schemas', suggested.schemas)),
      roles: options.roles ?? (await names('--roles', 'Roles to write clients for', suggested.roles)),
      out: options.out ?? (await ask('Output folder', 'src/api', '--out')),
    }
  } finally {
    ask.close()
  }
}

/**
 * Asks with what was found as the default; where nobody can be asked, that is the answer.
 *
 * @throws UsageError (of what it returns) for a question without an answer, as after Ctrl-D
 */
function asker(terminal: Terminal | undefined) {
  const asking = terminal && createInterface(terminal)
  const ended = asking && once(asking, 'close').then(() => undefined)
  let isOver = false
  void ended?.then(() => {
    isOver = true
  })
  const ask = async (question: string, suggestion: string | undefined, option: string): Promise<string> => {
    if (isOver) throw unanswered()
    const shown = `${question}${suggestion === undefined ? '' : ` [${suggestion}]`}: `
    const given = await (asking && Promise.race([asking.question(printable(shown)), ended]))
    if (asking !== undefined && given === undefined) throw unanswered()
    const answer = given?.trim() || suggestion
    if (answer === undefined) throw new UsageError(`${question}: nothing was found. Say it with ${option}.`)
    return answer
  }
  return Object.assign(ask, { close: () => asking?.close() })
}

function unanswered(): UsageError {
  return new UsageError('The questions were not answered. Nothing was written; --yes asks nothing.')
}

/** Whether it was added: not where there is no package.json, or a script of that name. */
async function addScript(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return false
  let manifest: { scripts?: Record<string, string> }
  try {
    manifest = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${basename(file)} is no JSON: ${(error as Error).message}`, { cause: error })
  }
  if (manifest.scripts?.[script.name] !== undefined) return false
  const indent = /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? 2
  const scripts = { ...manifest.scripts, [script.name]: script.command }
  await writeFile(file, `${JSON.stringify({ ...manifest, scripts }, null, indent)}\n`)
  return true
}
