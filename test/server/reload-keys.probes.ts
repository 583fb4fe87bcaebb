import { createHmac } from 'node:crypto'
import type { Answer, AskOptions } from './festival.js'
import { secret } from './festival.js'

export type Values = Readonly<Record<string, string | number | boolean>>

/** Where a probe looks: the running server, by one of its two doors. */
export interface Place {
  ask(request: string, options?: AskOptions): Promise<Answer>
  /** runs SQL as the owner of the database */
  query(text: string): Promise<readonly Record<string, unknown>[]>
  /** one value of `/metrics` */
  metric(name: string): Promise<number>
  /** lines since the last reload */
  readonly log: readonly string[]
  /** the answer to bytes on a socket, or null where none comes within `milliseconds` */
  exchange(bytes: string, milliseconds: number): Promise<string | null>
  /** looks while a client does not read the answer to bytes on a socket, until it sees something */
  whileUnread<T>(bytes: string, look: () => Promise<T | null>): Promise<T>
}

/** How a key that a reload changes is seen. */
export interface Probe {
  /** the key itself, and others that it needs; text as it stands in the file */
  readonly values: Values
  /** what the configuration has before beside the usual */
  readonly base?: Values
  readonly see: (place: Place) => Promise<unknown>
  readonly before: unknown
  readonly after: unknown
  /** it has no meaning for `fetch`, whose caller holds the body already */
  readonly socketOnly?: boolean
}

export function tokenWith(claims: object, key: string | Buffer = secret): AskOptions {
  const [header = '', payload = ''] = [{ alg: 'HS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const signature = createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url')
  return { headers: { Authorization: `Bearer ${header}.${payload}.${signature}` } }
}

const longAnswer = 'GET /rpc/long HTTP/1.1\r\nHost: x\r\n\r\n'

type See = Probe['see']
const status =
  (request: string, options?: AskOptions): See =>
  async ({ ask }) =>
    (await ask(request, options)).status
const json =
  (request: string, options?: AskOptions): See =>
  async ({ ask }) =>
    (await ask(request, options)).json
const rows: See = async ({ ask }) => ((await ask('/acts?select=id')).json as unknown[]).length
const setting = (name: string, options?: AskOptions) => json(`/rpc/setting?name=${name}`, options)
const errorKeys: See = async ({ ask }) => Object.keys((await ask('/no_such_table')).json as object).length
const listeners: See = async ({ query }) =>
  (await query(`SELECT FROM pg_stat_activity WHERE application_name = 'rolecast listener'`)).length
const base64 = Buffer.from('bytes of a secret that only base64 can say').toString('base64')
const published = 'reallyreallyreallyreallyverysafe'
const crew = tokenWith({ role: 'crew' })
const embed = '/acts?select=id,stages(name)'

export const probes: Readonly<Record<string, Probe>> = {
  'client-error-verbosity': { values: { 'client-error-verbosity': 'minimal' }, see: errorKeys, before: 4, after: 2 },
  'db-aggregates-enabled': {
    values: { 'db-aggregates-enabled': true },
    see: status('/acts?select=id.count()'),
    before: 400,
    after: 200,
  },
  'db-anon-role': { values: { 'db-anon-role': 'crew' }, see: setting('role'), before: 'visitor', after: 'crew' },
  'db-channel': {
    base: { 'db-channel-enabled': true },
    values: { 'db-channel': 'other' },
    see: async ({ query, log }) => {
      const count = () => log.filter((line) => line.includes('The schema has been reloaded')).length
      const seen = count()
      const end = Date.now() + 1_500
      while (count() === seen && Date.now() < end) {
        await query(`NOTIFY other, 'reload schema'`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      return count() > seen
    },
    before: false,
    after: true,
  },
  'db-channel-enabled': { values: { 'db-channel-enabled': true }, see: listeners, before: 0, after: 1 },
  'db-config': { values: { 'db-config': true }, see: rows, before: 4, after: 1 },
  'db-extra-search-path': {
    values: { 'db-extra-search-path': 'archive' },
    see: async (place) => String(await setting('search_path')(place)).includes('archive'),
    before: false,
    after: true,
  },
  'db-hoisted-tx-settings': {
    values: { 'db-hoisted-tx-settings': 'work_mem' },
    see: json('/rpc/careful'),
    before: 'serializable',
    after: 'read committed',
  },
  'db-max-rows': { values: { 'db-max-rows': 2 }, see: rows, before: 4, after: 2 },
  'db-plan-enabled': {
    values: { 'db-plan-enabled': true },
    see: status('/acts', { headers: { Accept: 'application/vnd.pgrst.plan+json' } }),
    before: 406,
    after: 200,
  },
  // Nothing follows from it but the warning that says so.
  'db-pool-automatic-recovery': {
    values: { 'db-pool-automatic-recovery': false },
    see: async ({ log }) => log.some((line) => line.includes('db-pool-automatic-recovery')),
    before: false,
    after: true,
  },
  'db-pool-exports': {
    values: { 'db-pool-exports': 0 },
    see: status('/acts', { headers: { Accept: 'application/x-ndjson' } }),
    before: 200,
    after: 503,
  },
  'db-pre-config': {
    base: { 'db-config': true },
    values: { 'db-pre-config': 'settings.pre_config' },
    see: errorKeys,
    before: 4,
    after: 2,
  },
  'db-pre-request': { values: { 'db-pre-request': 'fest.refuse' }, see: status('/stages'), before: 200, after: 423 },
  'db-prepared-statements': {
    values: { 'db-prepared-statements': false },
    see: async (place) => {
      for (const _ of [1, 2]) await place.ask('/stages?id=eq.1')
      return (await place.ask('/rpc/prepared')).json
    },
    before: true,
    after: false,
  },
  'db-reset-session': {
    values: { 'db-reset-session': false },
    see: async (place) => {
      await place.ask('POST /rpc/leave', { body: {} })
      return (await setting('my.residue')(place)) === 'left'
    },
    before: false,
    after: true,
  },
  'db-require-filter': {
    values: { 'db-require-filter': true },
    see: status('PATCH /notes', { body: { state: 'x' } }),
    before: 204,
    after: 400,
  },
  'db-root-spec': {
    values: { 'db-root-spec': 'fest.own_root' },
    see: async ({ ask }) => ((await ask('/')).json as { own?: boolean }).own ?? false,
    before: false,
    after: true,
  },
  'db-schemas': { values: { 'db-schemas': 'archive' }, see: status('/acts'), before: 200, after: 404 },
  'jwt-allow-insecure-secret': {
    values: { 'jwt-allow-insecure-secret': true, 'jwt-secret': published },
    see: status('/stages', tokenWith({ role: 'crew' }, published)),
    before: 401,
    after: 200,
  },
  'jwt-aud': {
    values: { 'jwt-aud': 'us' },
    see: status('/stages', tokenWith({ role: 'crew', aud: 'them' })),
    before: 200,
    after: 401,
  },
  'jwt-cache-max-entries': {
    values: { 'jwt-cache-max-entries': 0 },
    see: async ({ ask, metric }) => {
      const before = await metric('pgrst_jwt_cache_hits_total')
      for (const _ of [1, 2]) await ask('/stages', crew)
      return (await metric('pgrst_jwt_cache_hits_total')) > before
    },
    before: true,
    after: false,
  },
  'jwt-iss': { values: { 'jwt-iss': 'me' }, see: status('/stages', crew), before: 200, after: 401 },
  'jwt-max-age': { values: { 'jwt-max-age': 60 }, see: status('/stages', crew), before: 200, after: 401 },
  'jwt-privileged-roles': {
    values: { 'jwt-privileged-roles': 'refuse' },
    see: status('/stages', tokenWith({ role: 'boss' })),
    before: 200,
    after: 401,
  },
  'jwt-require-aud': {
    base: { 'jwt-aud': 'us' },
    values: { 'jwt-require-aud': true },
    see: status('/stages', crew),
    before: 200,
    after: 401,
  },
  'jwt-require-exp': { values: { 'jwt-require-exp': true }, see: status('/stages', crew), before: 200, after: 401 },
  'jwt-role-claim-key': {
    values: { 'jwt-role-claim-key': '$$.app' },
    see: setting('role', tokenWith({ role: 'crew', app: 'visitor' })),
    before: 'crew',
    after: 'visitor',
  },
  'server-rate-limit': {
    values: { 'server-rate-limit': '1/d by role burst 1' },
    see: async (place) => {
      await place.ask('/stages')
      return (await place.ask('/stages')).status
    },
    before: 200,
    after: 429,
  },
  'db-application-name': {
    values: { 'db-application-name': '{role} by {method}' },
    see: setting('application_name'),
    before: 'rolecast',
    after: 'visitor by GET',
  },
  'db-claim-settings': {
    values: { 'db-claim-settings': 'jwt.claims, request.jwt.claim' },
    see: async (place) => (await setting('jwt.claims.role', crew)(place)) || null, // '' once a request had it
    before: null,
    after: 'crew',
  },
  'jwt-roles': { values: { 'jwt-roles': 'visitor, staff' }, see: status('/stages', crew), before: 200, after: 401 },
  'jwt-typ': { values: { 'jwt-typ': 'at+jwt' }, see: status('/stages', crew), before: 200, after: 401 },
  'jwt-denied-ids': {
    values: { 'jwt-denied-ids': 'a-token, another-token' },
    see: status('/stages', tokenWith({ role: 'crew', jti: 'another-token' })),
    before: 200,
    after: 401,
  },
  'jwt-secret': {
    values: { 'jwt-secret': 'another secret, of thirty-two bytes or more' },
    see: status('/stages', crew),
    before: 200,
    after: 401,
  },
  'jwt-secret-is-base64': {
    base: { 'jwt-secret': base64 },
    values: { 'jwt-secret-is-base64': true },
    see: status('/stages', tokenWith({ role: 'crew' }, Buffer.from(base64, 'base64'))),
    before: 401,
    after: 200,
  },
  'log-level': {
    values: { 'log-level': 'debug' },
    see: async ({ ask, log }) => {
      await ask('/no_such_table')
      return log.some((line) => line.includes('no_such_table'))
    },
    before: false,
    after: true,
  },
  'log-query': {
    base: { 'log-level': 'info' },
    values: { 'log-query': true },
    see: async ({ ask, log }) => {
      await ask('/stages')
      return log.some((line) => line.includes('"stages"'))
    },
    before: false,
    after: true,
  },
  'openapi-mode': { values: { 'openapi-mode': 'disabled' }, see: status('/'), before: 200, after: 404 },
  'openapi-security-active': {
    values: { 'openapi-security-active': true },
    see: async ({ ask }) => 'securityDefinitions' in ((await ask('/')).json as object),
    before: false,
    after: true,
  },
  'openapi-version': {
    values: { 'openapi-version': '3.1' },
    see: async ({ ask }) => ((await ask('/')).json as { readonly openapi?: string }).openapi,
    before: undefined,
    after: '3.1.0',
  },
  'server-max-body-memory': {
    base: { 'server-max-body-size': 100 },
    values: { 'server-max-body-memory': 100 },
    see: async ({ ask, exchange }) => {
      // One body is under way while another comes.
      const head = 'POST /rpc/add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n'
      const first = exchange(head + ' '.repeat(90), 500)
      await new Promise((resolve) => setTimeout(resolve, 200))
      const { status } = await ask('POST /rpc/add', { body: { a: 1, b: 2 } })
      await first
      return status
    },
    before: 200,
    after: 503,
    socketOnly: true,
  },
  'server-max-body-size': {
    values: { 'server-max-body-size': 5 },
    see: status('POST /rpc/add', { body: { a: 1 } }),
    before: 200,
    after: 413,
  },
  'server-max-conditions': {
    values: { 'server-max-conditions': 1 },
    see: status('/stages?id=gt.0&id=lt.9'),
    before: 200,
    after: 400,
  },
  'server-max-embed-depth': { values: { 'server-max-embed-depth': 0 }, see: status(embed), before: 200, after: 400 },
  'server-max-embeds': { values: { 'server-max-embeds': 0 }, see: status(embed), before: 200, after: 400 },
  'server-max-filter-depth': {
    values: { 'server-max-filter-depth': 1 },
    see: status('/stages?or=(id.eq.1,and(id.eq.2,or(id.eq.3,id.eq.4)))'),
    before: 200,
    after: 400,
  },
  'server-max-json-depth': {
    values: { 'server-max-json-depth': 1 },
    see: status('POST /rpc/whole', { body: [[1]] }),
    before: 200,
    after: 400,
  },
  'server-max-response-memory': {
    base: { 'server-response-hold': 0 },
    values: { 'server-max-response-memory': 1_000 },
    see: async ({ metric, whileUnread }) => {
      const before = await metric('rolecast_http_cut_total')
      return whileUnread(longAnswer, async () => {
        if ((await metric('rolecast_http_cut_total')) > before) return 'cut off'
        return (await metric('rolecast_http_response_bytes')) > 0 ? 'kept' : null
      })
    },
    before: 'kept',
    after: 'cut off',
    socketOnly: true,
  },
  'server-min-body-rate': {
    base: { 'server-min-body-rate': 0 },
    values: { 'server-min-body-rate': 1_000 },
    see: async ({ exchange }) => {
      const head = 'POST /rpc/add HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{'
      return (await exchange(head, 4_000))?.slice(0, 12) ?? null
    },
    before: null,
    after: 'HTTP/1.1 408',
    socketOnly: true,
  },
  'server-response-hold': {
    base: { 'server-response-hold': 600 },
    values: { 'server-response-hold': 0 },
    see: ({ metric, query, whileUnread }) => {
      let looks = 0
      return whileUnread(longAnswer, async () => {
        if ((await metric('rolecast_http_response_bytes')) > 0) return 'kept'
        const waiting = await query(`SELECT FROM pg_stat_activity WHERE wait_event = 'ClientWrite'`)
        looks = waiting.length > 0 ? looks + 1 : 0
        return looks === 10 ? 'PostgreSQL waits' : null
      })
    },
    before: 'PostgreSQL waits',
    after: 'kept',
    socketOnly: true,
  },
  'server-compress-from': {
    values: { 'server-compress-from': 1 },
    see: async ({ ask }) =>
      (await ask('/acts', { headers: { 'Accept-Encoding': 'gzip' } })).headers.get('content-encoding'),
    before: null,
    after: 'gzip',
  },
  'server-etag-enabled': {
    values: { 'server-etag-enabled': true },
    see: async ({ ask }) => (await ask('/acts')).headers.has('etag'),
    before: false,
    after: true,
  },
  'server-timing-enabled': {
    values: { 'server-timing-enabled': true },
    see: async ({ ask }) => (await ask('/stages')).headers.has('server-timing'),
    before: false,
    after: true,
  },
  'server-trace-header': {
    values: { 'server-trace-header': 'X-Request-Id' },
    see: async ({ ask }) => (await ask('/stages', { headers: { 'X-Request-Id': 'abc' } })).headers.get('x-request-id'),
    before: null,
    after: 'abc',
  },
  'url-use-legacy-target-names': {
    values: { 'url-use-legacy-target-names': false },
    see: status('/acts?select=id,place:stages(name)&stages.name=eq.Tent'),
    before: 200,
    after: 400,
  },
  'app.settings.*': {
    values: { 'app.settings.motto': 'louder' },
    see: async (place) => (await setting('app.settings.motto')(place)) === 'louder',
    before: false,
    after: true,
  },
}
