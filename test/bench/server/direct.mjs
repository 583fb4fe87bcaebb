// The limit to compare with: the same work as SQL through `pg`, without HTTP, from a process of its own:
// `node direct.mjs URI WORKLOAD SECONDS CONNECTIONS`. Prints one JSON object.
import pg from 'pg'
import { workloads } from './workloads.mjs'

const [uri, index, seconds, connections] = process.argv.slice(2)
const { sql } = workloads[Number(index)]
const deadline = performance.now() + Number(seconds) * 1000
const settings = {
  name: 'settings',
  text: "SELECT set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('search_path', $3, true)",
  values: ['web_anon', '{"role":"web_anon"}', '"store"'],
}
let count = 0
const latencies = []

async function drive() {
  const client = new pg.Client({ connectionString: uri })
  await client.connect()
  while (performance.now() < deadline) {
    const values = sql.values(count++)
    const started = performance.now()
    // One transaction, its four statements written at once.
    const parts = [
      client.query('BEGIN'),
      client.query(settings),
      client.query({ name: 'main', text: sql.text, values }),
      client.query('COMMIT'),
    ]
    await Promise.all(parts)
    latencies.push(performance.now() - started)
  }
  await client.end()
}

const started = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, drive))
const elapsed = (performance.now() - started) / 1000
latencies.sort((a, b) => a - b)
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? null
console.log(
  JSON.stringify({ requests: latencies.length, perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99) }),
)
