import type { ServerAddress } from './settings.js'

/** Milliseconds for which a server that did not answer is tried last. */
const memory = 30_000

/** When servers did not answer. It is true of the network, so it is one memory for the process. */
const silentSince = new Map<string, number>()

/** Servers that did not answer lately come last: each of these costs the whole time to wait. */
export function inOrderOfHope(servers: readonly ServerAddress[], now = Date.now()): readonly ServerAddress[] {
  const isSilent = (server: ServerAddress) => now - (silentSince.get(key(server)) ?? -memory) < memory
  return [...servers.filter((server) => !isSilent(server)), ...servers.filter(isSilent)]
}

/** Who tries a server again after a while is the only one, until it has answered. */
export function noteAttempt(server: ServerAddress): void {
  if (silentSince.has(key(server))) silentSince.set(key(server), Date.now())
}

export function noteSilence(server: ServerAddress): void {
  silentSince.set(key(server), Date.now())
}

export function noteAnswer(server: ServerAddress): void {
  silentSince.delete(key(server))
}

function key({ address, port }: ServerAddress): string {
  return `${address} ${port}`
}
