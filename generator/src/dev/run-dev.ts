import { describeConfig } from '@rolecast/server'
import { exitCodeOf, exitCodes } from '../errors.js'
import { type ProjectOptions, type Reading, readProject } from '../input/read-project.js'
import { count, type Progress } from '../progress.js'
import { projectChanges } from '../watch/project-changes.js'
import { untilEnded } from '../watch/watch.js'
import { PortTaken } from './dev-server.js'
import { DevSite } from './dev-site.js'
import { devTokens } from './dev-tokens.js'
import { freeOrRefuse } from './free-or-refuse.js'
import type { Screen } from './screen.js'
import { anonymousOf } from './server-options.js'

/** What the command line says of a development server. */
export interface DevOptions extends ProjectOptions {
  readonly port?: number
  readonly anonymous?: string
  /** folder of keys that `rolecast keys generate` made */
  readonly keys?: string
}

/** What the project says, where the command line does not. */
function portOf({ loaded: { project } }: Reading, { postgrest }: DevOptions): number {
  if (postgrest !== undefined) return describeConfig(postgrest, process.env).config.serverPort
  return project?.server.port ?? defaultPort
}

/** Only this machine: the tokens are on the screen. */
const host = '127.0.0.1'
const defaultPort = 3000

/**
 * Serves a project, writes its clients, and does so again after each change, until a signal to end.
 *
 * @throws UsageError for a project or options that cannot be followed, and a port that is taken
 */
export async function runDev(options: DevOptions, screen: Screen): Promise<void> {
  const reading = await readProject(options)
  const address = { host, port: options.port ?? portOf(reading, options) }
  await freeOrRefuse(address)
  const tokens = await devTokens(options.keys)
  const signal = untilEnded()
  const progress = onlyNews(screen)
  const choices = {
    postgrest: options.postgrest,
    anonymous: options.anonymous,
    secret: tokens.secret,
    log: (line: string) => screen.say(line),
  }
  try {
    await using site = new DevSite(address, choices, progress)
    let said = ''
    for await (const _ of await projectChanges(reading, options, screen, signal)) {
      screen.status(site.isServing ? 'reloading' : 'starting')
      try {
        const started = performance.now()
        const now = await readProject(options)
        for (const line of now.loaded.project?.remarks ?? []) progress.say(line)
        const { written, address } = await site.refresh(now)
        const url = `http://${address.host}:${address.port}`
        const lines = [`serving ${url}`, ...(await introduction(now, options, tokens.linesFor))]
        // Tokens are other ones each time; roles are what is new.
        const about = JSON.stringify([url, now.loaded.config.roles])
        if (about !== said) for (const line of lines) screen.say(line)
        said = about
        const took = ((performance.now() - started) / 1000).toFixed(1)
        screen.status(`ready at ${url}: ${count(written, 'file')} changed in ${now.out} (${took} s); Ctrl-C ends it`)
      } catch (error) {
        if (error instanceof PortTaken || exitCodeOf(error) === exitCodes.internal) throw error
        screen.say((error as Error).message)
        screen.status(
          site.isServing
            ? 'what was there before the mistake is served'
            : 'waiting until that is mended; Ctrl-C ends it',
        )
      }
    }
    screen.status('ending')
  } finally {
    screen.end()
  }
}

async function introduction(
  { loaded: { config } }: Reading,
  { postgrest, anonymous: said }: DevOptions,
  tokensFor: (roles: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (postgrest !== undefined) return [`roles: ${config.roles.join(', ')}`, `tokens: as ${postgrest} says`]
  const anonymous = anonymousOf(config.roles, said)
  const without = anonymous === null ? 'requests without a token are refused' : `without a token: ${anonymous}`
  return [
    `roles: ${config.roles.join(', ')} (${without})`,
    ...(await tokensFor(config.roles.filter((role) => role !== anonymous))),
  ]
}

/** Says each line once: what is so after each reload is no news. */
function onlyNews(progress: Progress): Progress {
  const said = new Set<string>()
  return {
    say: (text) => {
      if (said.has(text)) return
      said.add(text)
      progress.say(text)
    },
  }
}
