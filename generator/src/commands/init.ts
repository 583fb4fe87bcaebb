import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type InitOptions, initProject } from '../init/init-project.js'
import { starters } from '../init/starters.js'
import { writeStarter } from '../init/write-starter.js'
import { namesIn } from '../input/source-options.js'
import { count, progressTo } from '../progress.js'

const help = `
Beside a project it writes rolecast.config.ts, with comments, and a script into package.json. A Supabase project, folders of
migrations and SQL files are recognized; a database says which schemas and roles there are. The rest is asked at a terminal:

  rolecast init
  rolecast init --db postgresql://me@localhost/shop --schemas api --roles anon,app_user --yes

With --starter it begins a new project. Starters:
${starters.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

Each is a project to begin with: migrations with roles, row-level security and grants, rolecast.config.ts, postgrest.conf and a
README. rolecast audit finds nothing above information in it, and rolecast generate works at once.

Example:
  rolecast init my-api --starter tenants

Files that are there already are never written over, unless --force is given.

Exit codes: 0 done; 2 wrong use, or files that are there already.`

interface Options extends InitOptions {
  readonly starter?: string
}

export function addInit(program: Command): Command {
  return program
    .command('init')
    .summary('write a configuration, or begin a project')
    .argument('[folder]', 'where to write it', '.')
    .addOption(
      new Option('--starter <name>', 'what to begin with')
        .choices(starters.map(({ name }) => name))
        .conflicts(['db', 'schemas', 'roles', 'out', 'yes']),
    )
    .option('--db <uri>', 'the database, or a folder or file of SQL')
    .option('--schemas <names>', 'exposed schemas, separated by commas', namesIn('--schemas'))
    .option('--roles <names>', 'roles to write clients for, separated by commas', namesIn('--roles'))
    .option('--out <folder>', 'output folder (default: src/api)')
    .option('--yes', 'ask nothing: take what is found')
    .option('--force', 'write over files that are there')
    .addHelpText('after', help)
    .action(async (folder: string, { starter, force = false, ...options }: Options) => {
      const progress = progressTo(process.stderr)
      if (starter === undefined) {
        for (const line of await initProject(resolve(process.cwd(), folder), { ...options, force })) progress.say(line)
        return
      }
      const files = starters.find(({ name }) => name === starter)?.files ?? []
      await writeStarter(resolve(folder), files, force)
      progress.say(`${count(files.length, 'file')} written. README.md says how to go on.`)
    })
}
