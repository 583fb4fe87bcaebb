// Bytes that a browser loads of a module, bundled and minified as an app's bundler does it.

import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const resolveDir = fileURLToPath(new URL('../..', import.meta.url))

/**
 * What an app loads when it starts: its file, and files that this one imports. `later`: files that are loaded when they
 * are needed, such as the code of pages. `outputFiles`: all of them, `entry` the name of the first.
 */
export async function sizeOf(contents, { external = [], conditions } = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: 'out',
    external,
    conditions,
    write: false,
    metafile: true,
  })
  const files = new Map(Object.entries(metafile.outputs).map(([path, file]) => [basename(path), file]))
  const [entry] = [...files].find(([, { entryPoint }]) => entryPoint === '<stdin>')
  const loaded = [entry]
  for (const name of loaded) {
    for (const { path, kind, external } of files.get(name).imports) {
      const next = basename(path)
      if (!external && kind === 'import-statement' && !loaded.includes(next)) loaded.push(next)
    }
  }
  const first = outputFiles.filter(({ path }) => loaded.includes(basename(path)))
  const later = outputFiles.filter((file) => !first.includes(file))
  const inputs = loaded.map((name) => files.get(name).inputs)
  return { size: bytesOf(first), later: bytesOf(later), inputs: Object.assign({}, ...inputs), entry, outputFiles }
}

function bytesOf(files) {
  return files.reduce(
    ({ minified, gzip }, { contents }) => ({
      minified: minified + contents.length,
      gzip: gzip + gzipSync(contents, { level: 9 }).length,
    }),
    { minified: 0, gzip: 0 },
  )
}
