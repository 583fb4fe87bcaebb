import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { main } from '../../generator/src/cli.js'

/** The built command. */
export const command = fileURLToPath(new URL('../../generator/bin/rolecast.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs the command line in this process, where what is tested is what it says and does, not that it is a process. One at
 * a time.
 */
export async function rolecastHere(args: readonly string[], cwd: string): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  const spies = [
    vi.spyOn(process, 'cwd').mockReturnValue(cwd),
    ...(['stdout', 'stderr'] as const).map((name) =>
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        said[name] += text
        return true
      }),
    ),
  ]
  try {
    return { code: await main([process.execPath, command, ...args]), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

/** Runs the built `rolecast` command, as a user would, and resolves when it has ended. */
export async function rolecast(args: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}
