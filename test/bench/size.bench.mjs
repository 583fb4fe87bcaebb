// Bytes that a browser loads: the runtime, minified and gzipped, beside other clients, and the metadata of a role.

import { emitClient } from '@rolecast/templates/client'
import { sizeOf } from './lib/size.mjs'
import { syntheticSurface } from './lib/surface.mjs'

/** Minified bytes of what a bundle is made of, by file of the runtime. */
function modulesOf(inputs) {
  const entries = Object.entries(inputs).map(([path, { bytesInOutput }]) => [
    path.split('/dist/').at(-1),
    bytesInOutput,
  ])
  return Object.fromEntries(entries.filter(([, bytes]) => bytes > 50).sort((a, b) => b[1] - a[1]))
}

/**
 * What generated code imports for a role that reads, writes, calls functions. Reading is select, where, order, limit and
 * all other steps of a query, embeds of all kinds included, tokens and errors. What a role cannot use is not in it:
 * conditions on what is inside of documents. Pages are loaded when the first of them is asked for.
 */
const runtime = {
  'a role that reads': "export { connect, ApiError, isApiError } from '@rolecast/client'",
  'one that reads documents': "export { connect, documents, ApiError, isApiError } from '@rolecast/client'",
  'one that writes, too': "export { connect, ApiError, isApiError, WritableRelation } from '@rolecast/client'",
  'and calls functions': "export { connect, ApiError, isApiError, WritableRelation, rpc } from '@rolecast/client'",
  'all there is': "export * from '@rolecast/client'",
}

/** The same app with each: the twenty relations of a schema, one query with a related row, a filter, order and limit. */
const [, { content: generated }] = emitClient(syntheticSurface(20), { emit: 'js' })
const app = {
  'an app': `${generated}
    const db = createClient({ url: 'https://api.test', token: async () => localStorage.token })
    db.entity_0005.select('id', 'name').embed({ owner: ['name'] }).where({ status: 'active', amount: { gte: '100' } })
      .order('created_at', 'desc').limit(20).then(console.log)`,
  'the app with postgrest-js': `import { PostgrestClient } from '@supabase/postgrest-js'
    const db = new PostgrestClient('https://api.test', { headers: { Authorization: 'Bearer ' + localStorage.token } })
    db.from('entity_0005').select('id, name, owner:entity_0004!entity_0005_owner_id_fkey(name)')
      .eq('status', 'active').gte('amount', '100').order('created_at', { ascending: false }).limit(20).then(console.log)`,
  'the app with supabase-js': `import { createClient } from '@supabase/supabase-js'
    const db = createClient('https://api.test', 'key', { accessToken: async () => localStorage.token })
    db.from('entity_0005').select('id, name, owner:entity_0004!entity_0005_owner_id_fkey(name)')
      .eq('status', 'active').gte('amount', '100').order('created_at', { ascending: false }).limit(20).then(console.log)`,
}

const rows = {}
for (const [name, source] of Object.entries(runtime)) {
  rows[`${name}, without ky`] = (await sizeOf(source, { external: ['ky'] })).size
  rows[`${name}, with ky`] = (await sizeOf(source)).size
}
const reading = await sizeOf(runtime['a role that reads'], { external: ['ky'] })
rows['pages, when the first is asked for'] = reading.later
rows.ky = (await sizeOf("export { default } from 'ky'")).size
for (const [name, source] of Object.entries(app)) rows[name] = (await sizeOf(source)).size

/** Metadata: what a role's file adds to the runtime, by relation of ten columns and about four relationships. */
const metadata = async (relations) => {
  const [, { content }] = emitClient(syntheticSurface(relations), { emit: 'js' })
  return (await sizeOf(content.replace(/export const can = .*?\n\}\)\n/s, ''), { external: ['@rolecast/client'] })).size
}
const [small, large] = [await metadata(100), await metadata(1000)]
const perRelation = (large.gzip - small.gzip) / 900

console.log('minified ES modules for browsers (es2022), gzip -9, bytes')
console.table(rows)
console.log('what a role that reads loads, minified bytes by module:', modulesOf(reading.inputs))
console.log(`metadata per relation, gzipped: ${perRelation.toFixed(1)} bytes`)
console.log(JSON.stringify({ ...rows, metadataPerRelation: Number(perRelation.toFixed(2)) }))
