import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { vi } from 'vitest'
import { command } from './run-command.js'

/** A command that goes on until it is ended. */
export interface Running extends AsyncDisposable {
  /** Waits until it has said something, since the last time; resolves to what the words matched. */
  says(words: RegExp): Promise<RegExpExecArray>
  /** Ends it as Ctrl-C does; resolves to its exit code. */
  end(): Promise<number | null>
}

/** Starts the built command. */
export function runningCommand(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Running {
  const child: ChildProcess = spawn(process.execPath, [command, ...args], { cwd, env: { ...process.env, ...env } })
  const ended = once(child, 'close')
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return {
    says: (words) =>
      vi.waitFor(
        () => {
          const match = words.exec(said)
          if (match === null) throw new Error(`not said: ${words}\n${said}`)
          said = said.slice(match.index + match[0].length)
          return match
        },
        { timeout: 60_000, interval: 50 },
      ),
    end: async () => {
      child.kill('SIGINT')
      const [code] = await ended
      return code
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
