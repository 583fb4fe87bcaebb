import { Argument, type Command } from 'commander'
import { type CompletedCommand, completionScript, type Shell, shells } from '../completion/completion-script.js'

const help = `
Put it where the shell reads it at its start:

  bash   rolecast completion bash >> ~/.bashrc
  zsh    rolecast completion zsh > ~/.zfunc/_rolecast       (a folder of fpath)
  fish   rolecast completion fish > ~/.config/fish/completions/rolecast.fish`

export function addCompletion(program: Command): Command {
  return program
    .command('completion')
    .summary('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText('after', help)
    .action((shell: Shell) => {
      process.stdout.write(completionScript(shell, program.commands.map(completed)))
    })
}

function completed(command: Command): CompletedCommand {
  const options = command.options.map(({ long, short, description }) => ({
    flag: long ?? short ?? '',
    summary: description,
  }))
  return {
    name: command.name(),
    summary: command.summary(),
    options: [...options, { flag: '--help', summary: 'say more' }],
  }
}
