// Load generator: node load.mjs, with its task as JSON on stdin and its figures as JSON on stdout.
// Every connection sends its next request when it has read the response to the last.
import net from 'node:net'

const { port, request, connections, milliseconds } = JSON.parse(await readAll(process.stdin))
const bytes = Buffer.from(request)
const latencies = []
let wrong = 0
let firstWrong = null
const end = Date.now() + milliseconds

await Promise.all(Array.from({ length: connections }, drive))
latencies.sort((a, b) => a - b)
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
process.stdout.write(JSON.stringify({ requests: latencies.length, wrong, firstWrong, p50: at(0.5), p99: at(0.99) }))

function drive() {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    let received = []
    let length = 0
    let expected = null
    let sent = 0
    const send = () => {
      if (Date.now() >= end) {
        socket.end()
        resolve()
        return
      }
      sent = performance.now()
      received = []
      length = 0
      expected = null
      socket.write(bytes)
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received.push(chunk)
      length += chunk.length
      if (expected === null) expected = lengthOf(Buffer.concat(received))
      if (expected === null || length < expected) return
      latencies.push(performance.now() - sent)
      if (!/^HTTP\/1\.1 2/.test(received[0].toString('latin1', 0, 12))) {
        wrong += 1
        firstWrong ??= Buffer.concat(received).toString()
      }
      send()
    })
  })
}

/** Of the whole message, once its head is there. */
function lengthOf(buffer) {
  const head = buffer.indexOf('\r\n\r\n')
  if (head < 0) return null
  const text = buffer.toString('latin1', 0, head)
  const [, length = '0'] = /\r\ncontent-length: *(\d+)/i.exec(text) ?? []
  return head + 4 + Number(length)
}

async function readAll(stream) {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}
