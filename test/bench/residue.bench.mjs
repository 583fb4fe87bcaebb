// npm run -s bench -- residue [--requests N] [--seed N]
// Two connections, three roles, twenty users: requests that leave everything they can in their session, and others whose
// answers are compared with what their callers must get. Prints leaks, forged answers and answers of others: 0 of each.
import { parseArgs } from 'node:util'
import { hammer } from '../attacks/hammer.mjs'

const { values: options } = parseArgs({
  options: { requests: { type: 'string', default: '50000' }, seed: { type: 'string', default: '1' } },
})
const requests = Number(options.requests)
const seed = Number(options.seed)
const runs = [
  { kind: 'plain', share: 0.6, options: {} },
  { kind: 'misdeclared', share: 0.25, options: {} },
  { kind: 'misdeclared', share: 0.1, options: { dbPreparedStatements: false } },
  { kind: 'domain', share: 0.05, options: {} },
]

let bad = 0
for (const { kind, share, options: more } of runs) {
  const result = await hammer({ requests: Math.ceil(requests * share), kind, seed, options: more })
  const { wrong, log, seconds, ...counts } = result
  const named = kind + (more.dbPreparedStatements === false ? ', unprepared' : '')
  console.log(`${named}: ${JSON.stringify(counts)}, ${(counts.requests / seconds).toFixed(0)} a second`)
  for (const line of wrong) console.log(`  ${line}`)
  bad += counts.leaks + counts.forged + counts.ofOthers + counts.failed
}
console.log(bad === 0 ? 'Nothing was left, forged or another caller’s.' : `${bad} wrong answers.`)
process.exitCode = bad === 0 ? 0 : 1
