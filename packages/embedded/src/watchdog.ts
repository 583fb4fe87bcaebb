import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * A shell that outlives this process by a moment: when its standard input ends, because it was closed or because
 * this process died in whatever way, it stops PostgreSQL (fast shutdown, then immediate) and removes the folder.
 */
const script = `
read -r pid || pid=
cat >/dev/null
if [ -n "$pid" ]; then
  kill -INT "$pid" 2>/dev/null
  n=0
  while kill -0 "$pid" 2>/dev/null; do
    n=$((n + 1))
    [ "$n" -eq 200 ] && kill -QUIT "$pid" 2>/dev/null
    [ "$n" -eq 400 ] && kill -KILL "$pid" 2>/dev/null
    sleep 0.05
  done
fi
[ -n "$1" ] && rm -rf -- "$1"
exit 0
`

export class Watchdog {
  readonly #shell: ChildProcess
  readonly #ended: Promise<unknown>

  /** @param folder removed at the end, if given */
  constructor(folder: string | undefined) {
    this.#shell = spawn('/bin/sh', ['-c', script, 'rolecast-watchdog', folder ?? ''], {
      detached: true, // a signal to this process's group must not take it down first
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    this.#ended = once(this.#shell, 'exit')
    this.#shell.unref()
    ;(this.#shell.stdin as unknown as { unref(): void }).unref()
  }

  watch(pid: number): void {
    this.#shell.stdin?.write(`${pid}\n`)
  }

  /** Stops what is watched and resolves when it is gone. */
  async end(): Promise<void> {
    this.#shell.ref()
    this.#shell.stdin?.end()
    await this.#ended
  }
}
