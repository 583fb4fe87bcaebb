import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

/** A module and all that it imports as one script for environments without modules: the global `app` has its exports. */
export async function bundle(source: string, syntax: BuildOptions = { target: 'es2022' }): Promise<string> {
  const result = await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'app',
    platform: 'browser',
    ...syntax,
    conditions: ['rolecast-source'],
    write: false,
  })
  return result.outputFiles[0]?.text ?? ''
}

/** An app of the clerk of test/client: what it did, as JSON. `url`: the API. */
export const app = `
  import { isUniqueViolation, streamRows } from '@rolecast/client'
  import { createClient } from '../client/generated/clerk/index.js'

  export async function run(url) {
    const db = createClient({ url, token: async () => null })
    const orders = await db.orders.select('number', 'total').embed({ customer: ['name'] }).where({ id: [1, 2] }).order('id')
    const [made] = await db.orders.insert({ customer_id: '1', note: 'from afar: é😀' }).returning('id', 'note')
    await db.orders.delete().where({ id: made.id })
    const { error } = await db.orders.insert({ number: 'A-1', customer_id: '1' }).result()
    let streamed = 0
    for await (const row of streamRows(db.orders.select('id'))) streamed++
    const pages = []
    for await (const page of db.orders.select('id').pages(3)) pages.push(page.length)
    const aborted = await db.orders.select('id').with({ signal: AbortSignal.abort() }).result()
    return {
      orders,
      note: made.note,
      unique: isUniqueViolation(error),
      exact: await db.rpc.exact(),
      streamed,
      pages,
      aborted: aborted.error.name,
    }
  }
`

export const expected = {
  orders: [
    { number: 'A-1', total: '120.50', customer: { name: 'Ada' } },
    { number: 'A-2', total: '9.90', customer: { name: 'Ada' } },
  ],
  note: 'from afar: é😀',
  unique: true,
  exact: '12345678901234567890.50',
  streamed: 4,
  pages: [3, 1],
  aborted: 'AbortError',
}
