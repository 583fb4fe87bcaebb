import { createHmac } from 'node:crypto'
import { compareSurfaces } from '@rolecast/audit'
import { type Catalog, introspect, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diagnose } from '../../generator/src/doctor/diagnose.js'
import { readRequest } from '../../generator/src/doctor/request-line.js'
import { base, roles } from './base.js'
import { type Broken, broken } from './broken.cases.js'

let server: EmbeddedPostgres
const uri = (database: string, user?: string) => server.uriOf({ database, ...(user && { user }) })

beforeAll(async () => {
  server = await startPostgres({ version: 16, authentication: 'trust' })
  await run('postgres', roles)
  await run('postgres', 'CREATE DATABASE base')
  await run('base', base)
})
afterAll(() => server?.stop())

async function run(database: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: uri(database) })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

test('there are sixty, each kind at least three times', () => {
  const kinds = new Map(broken.map(({ kind }) => [kind, broken.filter((item) => item.kind === kind)]))
  expect(broken.length).toBeGreaterThanOrEqual(60)
  expect([...kinds.keys()].sort()).toEqual(
    'check configuration function grant policy returning role schema sequence usage view-owner'.split(' '),
  )
  for (const [kind, cases] of kinds) expect(cases.length, kind).toBeGreaterThanOrEqual(3)
})

describe('the right cause, a repair that passes, and nothing else opened', () => {
  test.each(broken.map((item, i) => ({ ...item, database: `case_${i}` })))('$name', async (situation) => {
    const { database, cluster, sql, kind, object, opens } = situation
    if (cluster !== undefined) await run('postgres', cluster)
    await run('postgres', `CREATE DATABASE ${database} TEMPLATE base`)
    if (sql !== '') await run(database, sql)
    const before = await catalogOf(database, situation)
    expect(await isAnswered(database, situation), 'broken before').toBe(false)

    const diagnosis = await diagnose(questionOf(database, situation))
    expect(diagnosis.cause, JSON.stringify(diagnosis)).toMatchObject({ kind, object })
    expect(diagnosis.repair, JSON.stringify(diagnosis)).toMatchObject({ tried: true, widens: [] })

    await run(database, diagnosis.repair?.sql ?? '')
    expect(await isAnswered(database, situation), diagnosis.repair?.sql).toBe(true)
    const after = await catalogOf(database, situation)
    expect(opened(before, after, situation), diagnosis.repair?.sql).toEqual([...opens].sort())
  })
})

const asking = ({ role = 'anon' }: Broken) => role

function questionOf(database: string, situation: Broken) {
  return {
    uri: uri(database),
    schemas: ['api'],
    role: asking(situation),
    claims: situation.claims ?? {},
    authenticator: situation.authenticator ?? 'authenticator',
    request: readRequest(situation.request, undefined, situation.headers ?? []),
    server: {},
  }
}

async function catalogOf(database: string, situation: Broken): Promise<Catalog> {
  const client = new pg.Client({ connectionString: uri(database) })
  await client.connect()
  const catalog = await introspect(client, { schemas: ['api', 'hidden'], roles: ['anon', 'staff', asking(situation)] })
  await client.end()
  return catalog
}

function opened(before: Catalog, after: Catalog, situation: Broken): string[] {
  const exposed = situation.kind === 'schema' ? ['api', 'hidden'] : ['api']
  return [...new Set(['anon', 'staff', asking(situation)])]
    .flatMap((role) =>
      compareSurfaces(surfaceOf(before, role, { schemas: ['api'] }), surfaceOf(after, role, { schemas: exposed }), null)
        .filter(({ change }) => change === 'widened')
        .map((item) => `${role} ${item.verb} ${item.object}${item.column === undefined ? '' : `.${item.column}`}`),
    )
    .sort()
}

/** As in production: a server that logs in as the authenticator, reads its settings from the database, and gets a token. */
async function isAnswered(database: string, situation: Broken): Promise<boolean> {
  const secret = 'a secret of this test alone, 32 bytes or more'
  const { request, claims } = questionOf(database, situation)
  const api = await createServer({
    dbUri: uri(database, situation.authenticator ?? 'authenticator'),
    env: { PGRST_DB_SCHEMAS: 'api' },
    dbChannelEnabled: false,
    jwtSecret: secret,
    log: () => {},
  })
  try {
    await using transaction = await api.testTransaction()
    const exposed = api.config.dbSchemas.at(-1) ?? 'api'
    const profile = /^(GET|HEAD)$/.test(request.method) ? 'Accept-Profile' : 'Content-Profile'
    const response = await transaction.fetch(
      new Request(`http://test.invalid${request.target}`, {
        method: request.method,
        body: request.body,
        headers: [
          ...request.headers.map(([name, value]): [string, string] => [name, value]),
          ...(exposed === 'api' || situation.headers?.length ? [] : [[profile, exposed] as [string, string]]),
          ...(/^(PATCH|DELETE)$/.test(request.method) ? [['Prefer', 'count=exact'] as [string, string]] : []),
          ['Authorization', `Bearer ${token({ ...claims, role: asking(situation) }, secret)}`],
        ],
      }),
    )
    const body = await response.text()
    const range = response.headers.get('content-range') ?? ''
    return response.ok && body !== '[]' && range !== '*/0'
  } finally {
    await api.close()
  }
}

function token(claims: object, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
