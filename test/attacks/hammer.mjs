import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import { post, ways } from './residue-ways.mjs'

const jwtSecret = 'a secret that is long enough for the algorithm'
const file = (name) => fileURLToPath(new URL(name, import.meta.url))
const files = {
  plain: ['target.sql', 'residue.sql', 'hammer.sql'],
  misdeclared: ['target.sql', 'residue.sql', 'hammer.sql', 'misdeclared.sql'],
  domain: ['target.sql', 'residue.sql', 'hammer.sql', 'misdeclared.sql', 'misdeclared-domain.sql'],
}

/** Reads and calls that show the caller's own rows or name. */
const ownRows = {
  plain: ['/own?select=owner,secret'],
  misdeclared: [
    '/own?select=owner,secret',
    ...['sql', 'plpgsql', 'atomic', 'view'].map((way) => `/own_${way}?select=owner,secret`),
  ],
}
const ownNames = {
  plain: ['caller'],
  misdeclared: ['caller', ...['simply', 'by_variable', 'by_query', 'view', 'table'].map((way) => `ask_${way}`)],
  domain: ['ask_domain'],
}

const forging = [
  post('rpc/forge', {}),
  post('rpc/forge_stably', {}),
  { target: '/rpc/forge_stably' },
  { target: '/rpc/forge_plainly' },
  { target: '/rpc/forge_and_fail_stably' },
  post('rpc/forge_and_fail', {}),
  { target: '/forging' },
  { target: '/forging_policy' },
  { method: 'PATCH', target: '/forging_parents', body: '{"id":1}' },
  post('rpc/forge_temporarily', {}),
  post('rpc/forge_late', {}),
]
const leaving = Object.entries(ways).flatMap(([title, sent]) => (title.startsWith('ON ') ? [] : [sent]))

/**
 * Sends requests of three roles and twenty users, many at a time, over two connections: some leave what they can in their
 * session, and every other answer is compared with what its caller must get.
 *
 * @param kind which functions the database has: see `files`
 */
export async function hammer({ requests, kind = 'plain', seed = 1, options = {} }) {
  const postgres = await startPostgres({ authentication: 'trust', sql: files[kind].map(file) })
  const log = []
  const server = await createServer({
    dbUri: postgres.uriOf({ user: 'gate' }),
    dbSchemas: ['ways'],
    dbExtraSearchPath: [],
    dbAnonRole: 'visitor',
    dbPool: 2,
    dbConfig: false,
    dbChannelEnabled: false,
    dbAggregatesEnabled: true,
    jwtSecret,
    log: (line) => log.push(line),
    ...options,
  })
  const random = randomOf(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const counts = { requests: 0, compared: 0, leaks: 0, forged: 0, ofOthers: 0, failed: 0, seconds: 0 }
  const wrong = []
  const tokens = new Map()
  const tokenOf = (role, sub) => {
    const key = `${role} ${sub}`
    if (!tokens.has(key)) tokens.set(key, signed({ role, sub }))
    return tokens.get(key)
  }

  async function ask({ role, sub }, { method = 'GET', target, body }) {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${tokenOf(role, sub)}` }
    const response = await server.fetch(new Request(`http://a${target}`, { method, headers, ...(body && { body }) }))
    return { status: response.status, text: await response.text() }
  }

  const lists = {
    rows: ownRows[kind] ?? ownRows.misdeclared,
    names: [...(ownNames[kind] ?? []), ...(kind === 'domain' ? ownNames.misdeclared : [])],
  }
  const note = (count, what, expected, { status, text }) => {
    counts[count] += 1
    if (wrong.length < 10) wrong.push(`${what}: ${status} ${text.slice(0, 300)}, expected ${expected}`)
  }

  async function compare(caller) {
    const dice = random()
    counts.compared += 1
    const id = 1 + Math.floor(random() * 50)
    const { role, sub } = caller
    const [sent, expected] =
      dice < 0.3
        ? [{ target: `/facts?select=name&id=eq.${id}` }, JSON.stringify([{ name: `fact ${id}` }])]
        : dice < 0.55
          ? [{ target: pick(lists.rows) }, JSON.stringify([{ owner: sub, secret: `secret of ${sub}` }])]
          : dice < 0.75
            ? [post(`rpc/${pick(lists.names)}`, {}), JSON.stringify(sub)]
            : dice < 0.85
              ? [{ target: '/me' }, JSON.stringify([{ role, sub }])]
              : [{ target: '/rpc/whole_state' }, null]
    const answer = await ask(caller, sent)
    if (answer.status !== 200) return note('failed', sent.target, expected, answer)
    if (expected === null) return compareState(caller, answer)
    if (answer.text === expected) return
    note(answer.text.includes('forged') ? 'forged' : 'ofOthers', `${sent.target} of ${sub}`, expected, answer)
  }

  function compareState({ role, sub }, answer) {
    const { zone, ...state } = JSON.parse(answer.text)
    const clean = {
      role,
      sub,
      tenant: '',
      path: 'ways, pg_temp',
      locks: 0,
      channels: 0,
      cursors: 0,
      foreign: 0,
      temporary: 0,
      last: null,
    }
    const normal = { ...state, path: state.path.replaceAll('"', '') }
    if (JSON.stringify(normal) !== JSON.stringify(clean) || zone === 'Asia/Tokyo')
      note('leaks', 'state', JSON.stringify(clean), answer)
  }

  async function worker() {
    while (counts.requests < requests) {
      counts.requests += 1
      const caller = { role: pick(['visitor', 'member', 'clerk']), sub: `user${1 + Math.floor(random() * 20)}` }
      const dice = random()
      if (dice < 0.03) await ask(caller, pick(forging))
      else if (dice < 0.3) await ask(caller, pick(leaving))
      else if (dice < 0.35) await ask(caller, post(pick(['numbered', 'identified']), { name: 'a' }))
      else await compare(caller)
    }
  }

  const begun = performance.now()
  try {
    await Promise.all(Array.from({ length: 8 }, worker))
  } finally {
    counts.seconds = (performance.now() - begun) / 1000
    await server.close()
    await postgres.stop()
  }
  return { ...counts, wrong, log }
}

function signed(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${text}.${createHmac('sha256', jwtSecret).update(text).digest('base64url')}`
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function randomOf(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
