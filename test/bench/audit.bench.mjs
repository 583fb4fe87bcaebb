// What `rolecast audit` takes: `npm run -s bench -- audit [--tables 1000] [--slowest 10]`. A database of so many tables, three
// policies each, and 20 roles that requests run as; then the shop. Goal: 5 s at 1,000 tables, the shop in less than 1 s, each
// with reading the catalogs and printing the HTML page.
import { readdirSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { AuditContext, findingsIn, loadFormat, loadLints, summaryOf } from '@rolecast/audit'
import { introspect } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { printTable } from './report/table.mjs'

const { values: options } = parseArgs({
  options: { tables: { type: 'string', default: '1000' }, slowest: { type: 'string', default: '5' } },
})
const roles = Array.from({ length: 20 }, (_, index) => `bench_role_${index}`)

/** What else a report has. */
const report = { notes: [], failOn: 'error', version: '0.0.0', date: '2026-01-01', file: null }

function* largeSchema(tables) {
  yield `CREATE ROLE bench_owner; CREATE SCHEMA api AUTHORIZATION bench_owner; CREATE ROLE authenticator LOGIN NOINHERIT`
  yield roles.map((role) => `CREATE ROLE ${role}; GRANT ${role} TO authenticator`).join(';')
  yield `GRANT USAGE ON SCHEMA api TO ${roles.join(', ')}; SET ROLE bench_owner`
  yield `CREATE FUNCTION api.tenant() RETURNS int LANGUAGE sql STABLE
    AS $$ SELECT (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'tenant_id')::int $$`
  for (let table = 0; table < tables; table += 1) {
    const name = `api.table_${table}`
    const writers = `${roles[table % 20]}, ${roles[(table + 7) % 20]}`
    yield [
      `CREATE TABLE ${name} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id int NOT NULL, owner_name name NOT NULL,
        parent bigint REFERENCES api.table_${Math.floor(table / 7)}, title text NOT NULL, body text, created_at timestamptz DEFAULT now())`,
      `CREATE INDEX ON ${name} (tenant_id)`,
      `CREATE INDEX ON ${name} (parent)`,
      `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`,
      `CREATE POLICY tenant ON ${name} FOR SELECT TO ${roles.join(', ')} USING (tenant_id = (SELECT api.tenant()))`,
      `CREATE POLICY own ON ${name} FOR INSERT TO ${writers} WITH CHECK (tenant_id = (SELECT api.tenant()) AND owner_name = current_user)`,
      `CREATE POLICY change ON ${name} FOR UPDATE TO ${writers} USING (tenant_id = (SELECT api.tenant()) AND owner_name = current_user)`,
      `GRANT SELECT ON ${name} TO ${roles.join(', ')}`,
      `GRANT INSERT (tenant_id, owner_name, parent, title, body), UPDATE (title, body) ON ${name} TO ${writers}`,
    ].join(';')
  }
  yield 'RESET ROLE'
}

/** A database made of this SQL, what an audit of it takes in all, and in parts. */
async function measure(name, { sql = [], statements = [], schemas }) {
  const server = await startPostgres({ sql })
  const client = new pg.Client({ connectionString: server.uri })
  try {
    await client.connect()
    const batch = []
    for (const statement of statements) {
      batch.push(statement)
      if (batch.length === 200) await client.query(batch.splice(0).join(';'))
    }
    await client.query(batch.join(';'))
    await client.query('ANALYZE')
    const lints = await loadLints()
    const start = performance.now()
    const catalog = await introspect(client, { schemas, authenticator: 'authenticator', security: true })
    const read = performance.now()
    const context = new AuditContext(catalog, { schemas, authenticator: 'authenticator', anonymous: 'anon' })
    for (const role of context.roles) context.surface(role)
    const decided = performance.now()
    const times = []
    const findings = lints.flatMap((lint) => {
      const from = performance.now()
      const found = findingsIn(context, [lint])
      times.push([lint.id, performance.now() - from])
      return found
    })
    const judged = performance.now()
    const page = (await loadFormat('html')).print({ ...report, context, lints, findings })
    const printed = performance.now()
    for (const [id, time] of times.sort((a, b) => b[1] - a[1]).slice(0, Number(options.slowest)))
      console.log(`  ${name} ${id} ${time.toFixed(0)} ms`)
    return {
      name,
      relations: context.exposedRelations.length,
      policies: catalog.relations.reduce((sum, { policies }) => sum + policies.length, 0),
      roles: context.roles.length,
      findings: findings.length,
      ...summaryOf(findings),
      read: (read - start) / 1000,
      surfaces: (decided - read) / 1000,
      lints: (judged - decided) / 1000,
      html: (printed - judged) / 1000,
      kilobytes: Math.round(page.length / 1000),
      total: (printed - start) / 1000,
    }
  } finally {
    await client.end()
    await server.stop()
  }
}

const shop = fileURLToPath(new URL('../../examples/shop/sql/', import.meta.url))
const results = [
  await measure('large', { statements: [...largeSchema(Number(options.tables))], schemas: ['api'] }),
  await measure('shop', {
    sql: readdirSync(shop)
      .filter((file) => /^[01]\d-.*\.sql$/.test(file))
      .sort()
      .map((file) => shop + file),
    schemas: ['v2', 'v1'],
  }),
]
const seconds = (value) => value.toFixed(2)
printTable([
  [
    'database',
    'relations',
    'policies',
    'roles',
    'findings',
    'read s',
    'surfaces s',
    'lints s',
    'HTML s',
    'HTML kB',
    'total s',
  ],
  ...results.map((row) => [
    row.name,
    row.relations,
    row.policies,
    row.roles,
    row.findings,
    seconds(row.read),
    seconds(row.surfaces),
    seconds(row.lints),
    seconds(row.html),
    row.kilobytes,
    seconds(row.total),
  ]),
])
console.log(JSON.stringify({ benchmark: 'audit', results }))
