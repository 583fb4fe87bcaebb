// From a database to the files of eight roles: introspection, surfaces, the client, and each target by itself. node test/bench/generate.bench.mjs
import { introspect, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import { builtInTargets } from '@rolecast/templates'
import { emitClient } from '@rolecast/templates/client'
import pg from 'pg'

const roles = Array.from({ length: 8 }, (_, index) => `role_${index}`)

/** `count` tables of ten columns and two foreign keys, each role with other grants, half of them with policies. */
function schemaSql(count) {
  const tables = Array.from({ length: count }, (_, index) => {
    const name = `api.entity_${String(index).padStart(4, '0')}`
    const parent = `api.entity_${String(Math.floor(index / 3)).padStart(4, '0')}`
    const owner = `api.entity_${String(Math.max(0, index - 1)).padStart(4, '0')}`
    const grants = roles.map((role, at) => {
      if (at % 3 === 0) return `GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO ${role}`
      if (at % 3 === 1) return `GRANT SELECT ON ${name} TO ${role}`
      return `GRANT SELECT (id, name, status, owner_id), UPDATE (name) ON ${name} TO ${role}`
    })
    const policy = `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON ${name} USING (name = current_setting('request.jwt.claims', true))`
    return `CREATE TABLE ${name} (
        id int4 PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL, description text,
        status api.status NOT NULL DEFAULT 'draft', amount numeric(10, 2) NOT NULL DEFAULT 0,
        is_active boolean NOT NULL DEFAULT true, metadata jsonb, created_at timestamptz NOT NULL DEFAULT now(),
        parent_id int4 REFERENCES ${parent}, owner_id int4 NOT NULL REFERENCES ${owner});
      COMMENT ON TABLE ${name} IS 'Entity number ${index}'; ${grants.join('; ')}; ${index % 2 === 0 ? policy : ''}`
  })
  return `CREATE SCHEMA api; CREATE TYPE api.status AS ENUM ('draft', 'active', 'archived');
    CREATE ROLE authenticator LOGIN NOINHERIT;
    ${roles.map((role) => `CREATE ROLE ${role}; GRANT ${role} TO authenticator; GRANT USAGE ON SCHEMA api TO ${role}`).join(';\n')};
    ${tables.join(';\n')}; ANALYZE`
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

async function measure(count) {
  const postgres = await startPostgres({ authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  for (const statements of schemaSql(count).split(';\n')) if (statements.trim() !== '') await client.query(statements)
  const runs = []
  for (let run = 0; run < 3; run++) {
    const cpu = process.cpuUsage()
    const start = performance.now()
    const catalog = await introspect(client, { schemas: ['api'], roles, authenticator: 'authenticator' })
    const read = performance.now()
    const surfaces = roles.map((role) => surfaceOf(catalog, role, { schemas: ['api'] }))
    const decided = performance.now()
    const files = surfaces.flatMap((surface) => emitClient(surface, { emit: 'js' }))
    const written = performance.now()
    const targets = {}
    const project = { schemas: ['api'] }
    for (const target of builtInTargets) {
      const begun = performance.now()
      for (const surface of surfaces) await target.emit(surface, {}, project)
      targets[`target ${target.name}`] = performance.now() - begun
    }
    runs.push({
      introspect: read - start,
      surfaces: decided - read,
      emit: written - decided,
      total: written - start,
      ...targets,
      'all targets': Object.values(targets).reduce((sum, time) => sum + time, read - start + decided - read),
      'CPU of this process': (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1000,
      MB: files.reduce((sum, { content }) => sum + content.length, 0) / 2 ** 20,
    })
  }
  await client.end()
  await postgres.stop()
  const figures = Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))])
  return Object.fromEntries(
    figures.map(([key, value]) => [key, key === 'MB' ? Number(value.toFixed(1)) : Math.round(value)]),
  )
}

const rows = {}
for (const count of [100, 500, 1000]) rows[count] = await measure(count)
console.log(`tables of 10 columns, ${roles.length} roles; milliseconds, median of 3`)
console.table(rows)
console.log(JSON.stringify(rows))
