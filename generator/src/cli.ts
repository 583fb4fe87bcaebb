import { Command, CommanderError } from 'commander'
import { exitCodeOf, exitCodes } from './errors.js'
import { version } from './version.js'

/** One module a command; only the one that is called is loaded, so that the others cost nothing at start. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => Command>>> = {
  audit: async () => (await import('./commands/audit.js')).addAudit,
  checklist: async () => (await import('./commands/checklist.js')).addChecklist,
  completion: async () => (await import('./commands/completion.js')).addCompletion,
  dev: async () => (await import('./commands/dev.js')).addDev,
  diff: async () => (await import('./commands/diff.js')).addDiff,
  doctor: async () => (await import('./commands/doctor.js')).addDoctor,
  generate: async () => (await import('./commands/generate.js')).addGenerate,
  init: async () => (await import('./commands/init.js')).addInit,
  inspect: async () => (await import('./commands/inspect.js')).addInspect,
  keys: async () => (await import('./commands/keys.js')).addKeys,
  'least-privilege': async () => (await import('./commands/least-privilege.js')).addLeastPrivilege,
  snapshot: async () => (await import('./commands/snapshot.js')).addSnapshot,
  serve: async () => (await import('./commands/serve.js')).addServe,
  'test-permissions': async () => (await import('./commands/test-permissions.js')).addTestPermissions,
  token: async () => (await import('./commands/token.js')).addToken,
}

/** Runs the command line and resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.off('error', onOutputError).on('error', onOutputError)
  process.stderr.off('error', sayNoMore).on('error', sayNoMore)
  const program = new Command('rolecast')
    .description('Typed API clients for PostgreSQL, one per role: what a role may not do does not compile.')
    .version(version())
    .showHelpAfterError('(--help says more)')
    .exitOverride()
  const called = argv[2] ?? ''
  // To complete all commands, all are loaded.
  const isOne = Object.hasOwn(commands, called) && called !== 'completion'
  const load = isOne ? [commands[called]] : Object.values(commands)
  for (const loaded of load) {
    const add = await loaded?.()
    add?.(program).exitOverride().showHelpAfterError('(--help says more)')
  }
  try {
    await program.parseAsync(argv)
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage
    const code = exitCodeOf(error)
    process.stderr.write(`rolecast: ${code === exitCodes.internal ? internalError(error) : (error as Error).message}\n`)
    return code
  }
}

/** Nobody reads on (`rolecast inspect … | head`): no reason to fail. What is cut off, by a full disk, is one. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.stderr.write(`rolecast: the output cannot be written: ${error.message}\n`)
  process.exit(exitCodes.usage)
}

/** Messages that nobody can get are no reason to fail, for a server whose log is on a full disk least of all. */
function sayNoMore(): void {}

function internalError(error: unknown): string {
  return `internal error, please report it\n${error instanceof Error ? error.stack : String(error)}`
}
