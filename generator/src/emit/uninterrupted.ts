const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs what must not stop halfway: a signal to end takes effect when it is done. */
export async function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  const came = new Set<NodeJS.Signals>()
  const note = (signal: NodeJS.Signals) => void came.add(signal)
  for (const signal of signals) process.on(signal, note)
  try {
    return await work()
  } finally {
    for (const signal of signals) process.off(signal, note)
    for (const signal of came) process.kill(process.pid, signal)
  }
}
