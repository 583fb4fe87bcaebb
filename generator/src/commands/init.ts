import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { starters } from '../init/starters.js'
import { writeStarter } from '../init/write-starter.js'
import { count, progressTo } from '../progress.js'

const help = `
Starters:
${starters.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

Each is a project to begin with: migrations with roles, row-level security and grants, rolecast.config.ts, postgrest.conf and a
README. rolecast audit finds nothing above information in it, and rolecast generate works at once.

Example:
  rolecast init my-api --starter tenants

Files that are there already are never written over, unless --force is given.

Exit codes: 0 done; 2 wrong use, or files that are there already.`

interface InitOptions {
  readonly starter: string
  readonly force?: boolean
}

export function addInit(program: Command): Command {
  return program
    .command('init')
    .summary('begin a project')
    .argument('[folder]', 'where to write it', '.')
    .addOption(
      new Option('--starter <name>', 'what to begin with')
        .choices(starters.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .option('--force', 'write over files that are there')
    .addHelpText('after', help)
    .action(async (folder: string, { starter, force = false }: InitOptions) => {
      const files = starters.find(({ name }) => name === starter)?.files ?? []
      await writeStarter(resolve(folder), files, force)
      progressTo(process.stderr).say(`${count(files.length, 'file')} written. README.md says how to go on.`)
    })
}
