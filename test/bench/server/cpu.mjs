// CPU time of processes, from Linux's process accounting.
import { readdirSync, readFileSync } from 'node:fs'

const millisecondsPerTick = 10

/** Milliseconds that a process has used, its threads included; null where it is gone. */
function usedBy(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), used: (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick }
  } catch {
    return null
  }
}

export function cpuOf(pid) {
  return usedBy(pid)?.used ?? 0
}

/** Of a process and its children: PostgreSQL has one for each connection. */
export function cpuOfFamily(pid) {
  let sum = cpuOf(pid)
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const process = usedBy(name)
    if (process?.parent === pid) sum += process.used
  }
  return sum
}
