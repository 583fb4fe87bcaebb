import { type Command, Option } from 'commander'
import { runDev } from '../dev/run-dev.js'
import { screenOn } from '../dev/screen.js'
import { UsageError } from '../errors.js'
import { namesIn, withPresetOption } from '../input/source-options.js'

const help = `
Starts a PostgreSQL of its own, loads the project's SQL files into it, serves the API, writes the clients, and does all of it
again when a file changes. The project is what rolecast.config.ts says, a Supabase project, or a PostgREST configuration:

  rolecast dev
  rolecast dev --db postgresql://me@localhost/shop       # that database instead; it is watched
  rolecast dev --postgrest postgrest.conf --out src/api

The files are loaded into a new database each time: rows that were written meanwhile are gone, and those of the files are
there. While a file has a mistake, what was there before is served.

Requests name their role with a token. A token for each role is printed; with --keys, make them with:

  rolecast keys generate --alg ES256 --out keys
  rolecast token mint --keys keys --role app_user --sub 42

It listens on 127.0.0.1 alone. Ctrl-C ends everything that it started.

Exit codes: 0 ended; 2 wrong use or configuration, or the port is taken; 3 the database cannot be reached or refuses.`

export function addDev(program: Command): Command {
  return withPresetOption(program.command('dev'))
    .summary('serve a project and write its clients, again after each change')
    .option('--config <file>', 'configuration file (default: rolecast.config.ts in this folder)')
    .option('--db <uri>', 'serve this database instead of the configured one')
    .option('--out <folder>', 'write clients to this folder instead of the configured one')
    .option('--port <number>', "port to serve on (default: 3000, or a Supabase project's api.port)", portIn)
    .option('--anonymous <role>', 'the role of requests without a token (default: anon, if it is among the roles)')
    .addOption(
      new Option('--postgrest <file>', 'go by a PostgREST configuration instead; needs --out').conflicts([
        'config',
        'db',
        'preset',
        'anonymous',
        'keys',
      ]),
    )
    .addOption(
      new Option(
        '--roles <names>',
        'with --postgrest: the roles to write files for (default: its db-anon-role)',
      ).argParser(namesIn('--roles')),
    )
    .option('--keys <folder>', 'take tokens by the keys that `rolecast keys generate` made')
    .addHelpText('after', help)
    .action((options) => runDev(options, screenOn(process.stderr)))
}

function portIn(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError('--port takes a number from 0 to 65535, where 0 is any free one.')
  return port
}
