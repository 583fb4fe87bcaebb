// How many changes of permissions the written tests notice, and how long trying them takes:
// `npm run -s bench -- mutants [--limit 1000] [--only shop,tenants] [--format vitest]`. Goals: 99 % of those that make a difference,
// all that widen; 1,000 in at most 5 minutes.
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { startPostgres, supabasePlatform } from '@rolecast/embedded'
import { printTable } from './report/table.mjs'

const { values: options } = parseArgs({
  options: {
    limit: { type: 'string', default: '1000' },
    only: { type: 'string', default: 'shop,tenants,library,places,warehouse' },
    format: { type: 'string', default: 'vitest' },
  },
})
const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const shop = path('../../examples/shop/sql/')
const real = (name) => [path(`../real/schemas/${name}.sql`)]
const subjects = {
  shop: {
    sql: readdirSync(shop)
      .sort()
      .map((name) => shop + name),
    schemas: 'v2,v1',
    roles: 'anon,app_user,manager,tenant_admin',
  },
  tenants: {
    sql: real('tenants'),
    platform: supabasePlatform({ grants: 'none' }),
    schemas: 'app',
    roles: 'anon,authenticated,service_role',
  },
  library: { sql: real('library'), schemas: 'api', roles: 'web_anon,reader,librarian' },
  places: { sql: real('places'), schemas: 'api', roles: 'anon,surveyor' },
  warehouse: { sql: real('warehouse'), schemas: 'erp', roles: 'anon,staff,manager' },
}

async function measure(name) {
  const { sql, platform, schemas, roles } = subjects[name]
  const server = await startPostgres({ sql, ...(platform && { platform }) })
  const begun = performance.now()
  try {
    const args = ['test-permissions', '--mutate', '--json', '--limit', options.limit, '--format', options.format]
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [path('../../generator/bin/rolecast.js'), ...args, '--db', server.uri, '--schemas', schemas, '--roles', roles],
      { maxBuffer: 1 << 28 },
    ).catch((error) => {
      if (error.code !== 1) throw error
      return error // a change would go unnoticed
    })
    const { tests, summary, survivors } = JSON.parse(stdout)
    for (const { object, change, widens, why } of survivors) {
      console.error(`${name}: ${object}: ${change}${widens ? ' (widens)' : ''}: ${why}`)
    }
    const differing = summary.killed + summary.survived
    return [
      name,
      tests,
      differing + summary.equivalent,
      summary.equivalent,
      summary.killed,
      survivors.filter(({ widens }) => !widens).length,
      survivors.filter(({ widens }) => widens).length,
      `${((100 * summary.killed) / differing).toFixed(1)} %`,
      `${((performance.now() - begun) / 1000).toFixed(0)} s`,
    ].map(String)
  } finally {
    await server.stop()
  }
}

const rows = []
for (const name of options.only.split(',')) rows.push(await measure(name))
printTable([
  ['schema', 'tests', 'mutants', 'equivalent', 'killed', 'missed', 'missed, widening', 'rate', 'time'],
  ...rows,
])
