import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('../../attacks/', import.meta.url))
const source = `
  export { sqlAttacks } from './sql.cases.js'
  export { httpAttacks } from './http.cases.js'
  export { bytesOf, exchange } from './wire.js'`

/** The tables of attacks of the tests, and how they are sent; without those that only wait for a timeout. */
export async function loadAttacks() {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  })
  const code = Buffer.from(outputFiles[0].contents).toString('base64')
  const { sqlAttacks, httpAttacks, bytesOf, exchange } = await import(`data:text/javascript;base64,${code}`)
  return { attacks: [...sqlAttacks, ...httpAttacks].filter(({ status }) => status !== 408), bytesOf, exchange }
}
