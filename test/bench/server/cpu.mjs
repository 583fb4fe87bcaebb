// CPU time of processes, from Linux's scheduler: to the nanosecond, where process accounting counts ticks of 10 ms.
import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds that a process has used, its threads included; 0 where it is gone. */
export function cpuOf(pid) {
  let nanoseconds = 0
  for (const thread of listed(`/proc/${pid}/task`)) {
    nanoseconds += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0])
  }
  return nanoseconds / 1e6
}

/** Of a process and its children: PostgreSQL has one for each connection. */
export function cpuOfFamily(pid) {
  let sum = cpuOf(pid)
  for (const name of listed('/proc')) if (/^\d+$/.test(name) && parentOf(name) === pid) sum += cpuOf(name)
  return sum
}

function parentOf(pid) {
  const text = read(`/proc/${pid}/stat`)
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
}

function listed(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
