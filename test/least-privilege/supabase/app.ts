// An app with supabase-js: select lists with embeds, steps built up by conditions, helpers, upserts, functions.
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { Database, TablesInsert } from '../../client/generated/clerk/database.js'

type Api = SupabaseClient<Database, 'api'>

const orderList = 'id, number, customer:customers!customer_id(name), lines:order_lines(qty, products(name))'
const sortable = { newest: 'created_at', dearest: 'total' } as const

interface Search {
  readonly status?: 'open' | 'paid'
  readonly city?: string
  readonly sort: keyof typeof sortable
}

async function search(api: Api, { status, city, sort }: Search) {
  let query = api.from('orders').select(orderList)
  if (status !== undefined) query = query.eq('status', status)
  if (city !== undefined) query = query.eq('meta->>city', city)
  query = query.gt('lines.product_id', 0).order(sortable[sort], { ascending: false })
  return rows(await query.order('no', { referencedTable: 'lines' }))
}

/** Of any table that has a number as its key. */
async function remove(api: Api, table: 'order_labels' | 'order_lines', order: number) {
  return rows(await api.from(table).delete().eq('order_id', order).select('order_id'))
}

async function save(
  api: Api,
  line: Pick<TablesInsert<{ schema: 'api' }, 'order_lines'>, 'order_id' | 'no' | 'product_id' | 'qty'>,
) {
  return rows(await api.from('order_lines').upsert(line, { onConflict: 'order_id,no' }).select('qty'))
}

function rows<T>({ data, error }: { data: T; error: { message: string } | null }): T {
  if (error !== null) throw new Error(error.message)
  return data
}

/** Everything that the app does. */
export async function run(url: string, token: () => Promise<string>, fetch: typeof globalThis.fetch): Promise<void> {
  const api: Api = createClient<Database, 'api'>(url, 'key', {
    db: { schema: 'api' },
    accessToken: token,
    global: { fetch },
    realtime: { transport: NoSocket as never },
  })
  await search(api, { sort: 'newest' })
  await search(api, { status: 'paid', city: 'Vienna', sort: 'dearest' })
  const made = rows(await api.from('orders').insert({ customer_id: 1, number: 'S-1' }).select('id').single())
  if (made === null) throw new Error('No order came back.')
  await save(api, { order_id: made.id, no: 1, product_id: 1, qty: 2 })
  await save(api, { order_id: made.id, no: 1, product_id: 1, qty: 3 })
  rows(await api.from('order_labels').upsert({ order_id: made.id, label_id: 1 }, { ignoreDuplicates: true }))
  rows(await api.from('orders').update({ note: 'by train' }).match({ id: made.id, number: 'S-1' }))
  rows(await api.from('orders').select('id', { count: 'exact', head: true }).or('paid.is.true,total.gte.100'))
  await remove(api, 'order_labels', made.id)
  await remove(api, 'order_lines', made.id)
  rows(await api.from('labels').select('*').in('id', [1, 2]).not('label', 'is', null))
  rows(await api.from('orders').select('summary').limit(1))
  rows(await api.rpc('split', { value: 7 }))
  rows(await api.schema('archive').from('orders').select('year').eq('id', 1).maybeSingle())
}

/** Node 20 has no WebSocket, which supabase-js looks for though nothing here listens. */
class NoSocket extends EventTarget {}
