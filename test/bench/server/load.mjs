// Load generator: node load.mjs, with its task as JSON on stdin and its figures as JSON on stdout.
// Every connection sends its next request when it has read the response to the last. The requests are sent in turn.
// It must be light: it runs on the same processors as what it measures.
import net from 'node:net'

const { port, requests, connections, milliseconds } = JSON.parse(await readAll(process.stdin))
const bytes = requests.map((request) => Buffer.from(request))
const ok = Buffer.from('HTTP/1.1 2')
const latencies = []
let next = 0
let wrong = 0
let firstWrong = null
const cpuBefore = process.cpuUsage()
const start = performance.now()
const end = start + milliseconds

await Promise.all(Array.from({ length: connections }, drive))
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(cpuBefore)
latencies.sort((a, b) => a - b)
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
process.stdout.write(
  JSON.stringify({
    requests: latencies.length,
    wrong,
    firstWrong,
    p50: at(0.5),
    p99: at(0.99),
    cpu: (user + system) / 1000,
    seconds,
  }),
)

function drive() {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    let chunks = []
    let length = 0
    let expected = null
    let sent = 0
    const send = (now) => {
      sent = now
      next = (next + 1) % bytes.length
      socket.write(bytes[next])
    }
    const received = () => {
      const now = performance.now()
      latencies.push(now - sent)
      if (ok.compare(chunks[0], 0, ok.length) !== 0) {
        wrong += 1
        firstWrong ??= Buffer.concat(chunks).toString()
      }
      chunks = []
      length = 0
      expected = null
      if (now < end) send(now)
      else {
        socket.end()
        resolve()
      }
    }
    socket.on('connect', () => send(performance.now()))
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      length += chunk.length
      expected ??= lengthOf(chunks.length === 1 ? chunk : Buffer.concat(chunks))
      if (expected !== null && length >= expected) received()
    })
  })
}

/** Of the whole message, once its head is there. */
function lengthOf(buffer) {
  const head = buffer.indexOf('\r\n\r\n')
  if (head < 0) return null
  const text = buffer.latin1Slice(0, head)
  const [, length = '0'] = /\r\ncontent-length: *(\d+)/i.exec(text) ?? []
  return head + 4 + Number(length)
}

async function readAll(stream) {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}
