// Bytes that a browser loads: the runtime, minified and gzipped, beside other clients, and the metadata of a role.

import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { emitClient } from '@rolecast/templates/client'
import { build } from 'esbuild'
import { syntheticSurface } from './lib/surface.mjs'

const resolveDir = fileURLToPath(new URL('..', import.meta.url))

/** Size of a module with what it imports, as an app's bundler makes it. */
async function sizeOf(contents, external = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
    write: false,
  })
  const [{ contents: bytes }] = outputFiles
  return { minified: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length }
}

const core = "export { connect } from '@rolecast/client'"
const full = "export { connect, routine, WritableRelation } from '@rolecast/client'"
const rows = {
  'a role that reads, without ky': await sizeOf(core, ['ky']),
  'a role that reads, with ky': await sizeOf(core),
  'one that writes and calls, without ky': await sizeOf(full, ['ky']),
  'one that writes and calls, with ky': await sizeOf(full),
  'all exports, without ky': await sizeOf("export * from '@rolecast/client'", ['ky']),
  ky: await sizeOf("export { default } from 'ky'"),
  'postgrest-js': await sizeOf("export { PostgrestClient } from '@supabase/postgrest-js'"),
  'supabase-js': await sizeOf("export { createClient } from '@supabase/supabase-js'"),
}

/** Metadata: what a role's file adds to the runtime, by relation of ten columns and about four relationships. */
const client = async (relations) => {
  const [, { content }] = emitClient(syntheticSurface(relations), { emit: 'js' })
  return sizeOf(content.replace(/export const can = \{.*?\n\}\n/s, ''), ['@rolecast/client'])
}
const [small, large] = [await client(100), await client(1000)]
const perRelation = (large.gzip - small.gzip) / 900

console.log('minified ES modules for browsers (es2022), gzip -9, bytes')
console.table(rows)
console.log(`metadata per relation, gzipped: ${perRelation.toFixed(1)} bytes`)
console.log(JSON.stringify({ ...rows, metadataPerRelation: Number(perRelation.toFixed(2)) }))
