/** A command, as a shell completes it. */
export interface CompletedCommand {
  readonly name: string
  readonly summary: string
  readonly options: readonly { readonly flag: string; readonly summary: string }[]
}

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** A script for a shell's start file: names of commands and options; words that no option begins are files. */
export function completionScript(shell: Shell, commands: readonly CompletedCommand[]): string {
  return { bash, zsh, fish }[shell](commands)
}

const flagsOf = ({ options }: CompletedCommand) => options.map(({ flag }) => flag).join(' ')
const namesOf = (commands: readonly CompletedCommand[]) => commands.map(({ name }) => name).join(' ')

function bash(commands: readonly CompletedCommand[]): string {
  const cases = commands.map((command) => `    ${command.name}) words="${flagsOf(command)}" ;;`)
  return `_rolecast() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${namesOf(commands)}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _rolecast rolecast
`
}

function zsh(commands: readonly CompletedCommand[]): string {
  const described = ({ name, summary }: { name: string; summary: string }) =>
    `    '${name}:${plain(summary).replaceAll(':', '\\:')}'`
  const cases = commands.map(
    (command) =>
      `    ${command.name}) flags=(\n${command.options.map(({ flag, summary }) => described({ name: flag, summary })).join('\n')}\n    ) ;;`,
  )
  return `#compdef rolecast
_rolecast() {
  local -a commands flags
  commands=(
${commands.map(described).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[2]" in
${cases.join('\n')}
  esac
  if [[ "$PREFIX" == -* ]]; then _describe option flags; else _files; fi
}
compdef _rolecast rolecast
`
}

function fish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c rolecast -n __fish_use_subcommand -f -a ${name} -d '${plain(summary)}'`,
    ...options.map(({ flag, summary: about }) => {
      const kind = flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
      return `complete -c rolecast -n '__fish_seen_subcommand_from ${name}' ${kind} -d '${plain(about)}'`
    }),
  ])
  return `${lines.join('\n')}\n`
}

/** Inside of single quotes, in each of the shells. */
const plain = (text: string) => text.replace(/['\\\n]/g, ' ')
