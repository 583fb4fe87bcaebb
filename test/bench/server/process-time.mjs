// CPU time from the process accounting of Linux (proc(5), /proc/PID/stat), in milliseconds.
import { readdirSync, readFileSync } from 'node:fs'

const msPerTick = 10 // USER_HZ is 100 on every Linux that Node runs on

/** User and system time of a process, with that of its children that have ended. */
export function cpuOf(pid) {
  const fields = fieldsOf(pid)
  if (fields === undefined) return 0
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * msPerTick
}

/** The same of a process and all of its living descendants. */
export function cpuOfTree(pid) {
  let total = cpuOf(pid)
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && fieldsOf(name)?.[1] === String(pid)) total += cpuOfTree(name)
  }
  return total
}

/** Fields of /proc/PID/stat from the state on; the name before it may hold anything. */
function fieldsOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined // it has ended
  }
}
