// Bytes that a browser loads: the runtime, minified and gzipped, beside other clients, and the metadata of a role.

import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { emitClient } from '@rolecast/templates/client'
import { build } from 'esbuild'
import { syntheticSurface } from './lib/surface.mjs'

const resolveDir = fileURLToPath(new URL('..', import.meta.url))

/** Size of a module with what it imports, as an app's bundler makes it. */
async function sizeOf(contents, external = []) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
    write: false,
    metafile: true,
  })
  const [{ contents: bytes }] = outputFiles
  return { size: { minified: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length }, metafile }
}

/** Minified bytes of what a bundle is made of, by file of the runtime. */
function modulesOf({ outputs }) {
  const [{ inputs }] = Object.values(outputs)
  const entries = Object.entries(inputs).map(([path, { bytesInOutput }]) => [
    path.split('/dist/').at(-1),
    bytesInOutput,
  ])
  return Object.fromEntries(entries.filter(([, bytes]) => bytes > 50).sort((a, b) => b[1] - a[1]))
}

/** What generated code imports for a role that reads, writes, calls functions. */
const runtime = {
  'a role that reads': "export { connect, ApiError, isApiError } from '@rolecast/client'",
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
  rows[`${name}, without ky`] = (await sizeOf(source, ['ky'])).size
  rows[`${name}, with ky`] = (await sizeOf(source)).size
}
rows.ky = (await sizeOf("export { default } from 'ky'")).size
for (const [name, source] of Object.entries(app)) rows[name] = (await sizeOf(source)).size

/** Metadata: what a role's file adds to the runtime, by relation of ten columns and about four relationships. */
const metadata = async (relations) => {
  const [, { content }] = emitClient(syntheticSurface(relations), { emit: 'js' })
  return (await sizeOf(content.replace(/export const can = .*?\n\}\)\n/s, ''), ['@rolecast/client'])).size
}
const [small, large] = [await metadata(100), await metadata(1000)]
const perRelation = (large.gzip - small.gzip) / 900

console.log('minified ES modules for browsers (es2022), gzip -9, bytes')
console.table(rows)
const { metafile } = await sizeOf(runtime['a role that reads'], ['ky'])
console.log('what a role that reads loads, minified bytes by module:', modulesOf(metafile))
console.log(`metadata per relation, gzipped: ${perRelation.toFixed(1)} bytes`)
console.log(JSON.stringify({ ...rows, metadataPerRelation: Number(perRelation.toFixed(2)) }))
