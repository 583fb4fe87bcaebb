// The load of one workload on one port, from a process of its own: `node load.mjs PORT WORKLOAD SECONDS CONNECTIONS [TOKEN]`.
// Prints one JSON object. Raw sockets on loopback, keep-alive, one request under way on each.
import net from 'node:net'
import { workloads } from './workloads.mjs'

const [port, index, seconds, connections, token] = process.argv.slice(2)
const workload = workloads[Number(index)]
const deadline = performance.now() + Number(seconds) * 1000
const latencies = []
let count = 0
let bytes = 0
const statuses = {}

function message(n) {
  const { method, target, headers = [], body } = workload.request(n)
  const lines = [`${method} ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...headers]
  if (workload.token) lines.push(`Authorization: Bearer ${token}`)
  if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`)
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`
}

/** The length of the response at the start of `buffer`, or 0 while it is not complete. */
function responseLength(buffer) {
  const end = buffer.indexOf('\r\n\r\n')
  if (end < 0) return 0
  const head = buffer.latin1Slice(0, end)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length) return buffer.length >= end + 4 + Number(length[1]) ? end + 4 + Number(length[1]) : 0
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const last = buffer.indexOf('0\r\n\r\n', end + 4)
    return last < 0 ? 0 : last + 5
  }
  return end + 4
}

function drive() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), '127.0.0.1').setNoDelay(true)
    let pending = Buffer.alloc(0)
    let sent = 0
    const next = () => {
      if (performance.now() >= deadline) {
        socket.destroy()
        resolve()
        return
      }
      sent = performance.now()
      socket.write(message(count++))
    }
    socket.on('connect', next)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
      const length = responseLength(pending)
      if (length === 0) return
      const status = pending.latin1Slice(9, 12)
      statuses[status] = (statuses[status] ?? 0) + 1
      bytes += length
      latencies.push(performance.now() - sent)
      pending = pending.subarray(length)
      next()
    })
  })
}

const started = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, drive))
const elapsed = (performance.now() - started) / 1000
latencies.sort((a, b) => a - b)
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? null
console.log(
  JSON.stringify({
    requests: latencies.length,
    perSecond: latencies.length / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    bytes,
    statuses,
  }),
)
