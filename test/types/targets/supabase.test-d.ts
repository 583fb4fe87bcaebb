// What supabase-js and postgrest-js make of a role's `database.ts`: calls as their manuals have them, with exact answers.
import { PostgrestClient } from '@supabase/postgrest-js'
import { createClient, type QueryData } from '@supabase/supabase-js'
import type {
  CompositeTypes,
  Constants,
  Database,
  Enums,
  Json,
  Tables,
  TablesInsert,
  TablesUpdate,
} from '../../client/generated/clerk/database.js'
import type {
  Database as VisitorsDatabase,
  TablesInsert as VisitorsInsert,
} from '../../client/generated/visitor/database.js'
import { type Equal, type Flat, is } from '../expect.test-d.js'

const supabase = createClient<Database, 'api'>('http://localhost', 'key', { db: { schema: 'api' } })
const visitor = createClient<VisitorsDatabase>('http://localhost', 'key', { db: { schema: 'api' } })
const postgrest = new PostgrestClient<Database, Database['__InternalSupabase'], 'api'>('http://localhost', {
  schema: 'api',
})

type Status = 'open' | 'paid' | 'on hold'

export async function reading() {
  const { data: all } = await supabase.from('labels').select()
  is<Equal<Flat<NonNullable<typeof all>>, { id: number; label: string }[]>>()

  const { data: some } = await supabase.from('orders').select('id, total, status, tags, bigs, meta, period, words')
  type Some = {
    id: number
    total: number
    status: Status
    tags: string[]
    bigs: number[] | null
    meta: Json | null
    period: string | null
    words: string | null
  }
  is<Equal<NonNullable<typeof some>[number]['bigs'], number[] | null>>()
  is<Equal<NonNullable<typeof some>[number]['period'], string | null>>()
  is<Equal<Omit<NonNullable<typeof some>[number], 'meta'>, Omit<Some, 'meta'>>>()
  is<Equal<NonNullable<typeof some>[number]['meta'], Json | null>>()

  const { data: renamed } = await supabase.from('orders').select('code:number, text:total::text')
  is<Equal<Flat<NonNullable<typeof renamed>>, { code: string | null; text: string }[]>>()

  // computed fields are there when they are asked for, and no part of *
  const { data: computed } = await supabase.from('orders').select('id, summary')
  is<Equal<Flat<NonNullable<typeof computed>>, { id: number; summary: string | null }[]>>()
  const { data: star } = await supabase.from('orders').select('*').single()
  is<Equal<'summary' extends keyof NonNullable<typeof star> ? true : false, false>>()

  // a view: columns that cannot be null are not
  const { data: view } = await supabase.from('order_totals').select('*').maybeSingle()
  is<Equal<Flat<typeof view>, { order_id: number; customer_id: number; doubled: number } | null>>()

  const { data: composite } = await supabase.from('customers').select('home').single()
  is<
    Equal<
      Flat<typeof composite>,
      { home: { city: string | null; floor: number | null; street: string | null } | null } | null
    >
  >()

  const { count } = await supabase.from('orders').select('*', { count: 'exact', head: true })
  is<Equal<typeof count, number | null>>()

  const { data: plain } = await postgrest.from('products').select('name').eq('id', 1).single()
  is<Equal<Flat<typeof plain>, { name: string } | null>>()
  const { data: other } = await supabase.schema('archive').from('orders').select('year')
  is<Equal<Flat<typeof other>, { year: number }[] | null>>()
}

export async function embeds() {
  const toOne = supabase.from('order_lines').select('qty, products(name, price)')
  is<Equal<Flat<QueryData<typeof toOne>>, { qty: number; products: { name: string; price: number } }[]>>()
  const toMany = supabase.from('orders').select('id, order_lines(qty)')
  is<Equal<Flat<QueryData<typeof toMany>>, { id: number; order_lines: { qty: number }[] }[]>>()
  const byColumn = supabase
    .from('orders')
    .select('id, buyer:customers!customer_id(name), handler:customers!handler_id(name)')
  type Named = { name: string }
  is<Equal<Flat<QueryData<typeof byColumn>>, { id: number; buyer: Named; handler: Named | null }[]>>()
  const byKey = supabase.from('orders').select('customers!orders_customer_id_fkey(name)')
  is<Equal<Flat<QueryData<typeof byKey>>, { customers: Named }[]>>()
  const oneToOne = supabase.from('customers').select('name, profiles(bio)')
  is<Equal<Flat<QueryData<typeof oneToOne>>, { name: string; profiles: { bio: string | null } | null }[]>>()
  const manyToMany = supabase.from('orders').select('id, labels(label)')
  is<Equal<Flat<QueryData<typeof manyToMany>>, { id: number; labels: { label: string }[] }[]>>()
  const inner = supabase.from('products').select('name, categories!inner(name)').eq('categories.name', 'Tea')
  is<Equal<Flat<QueryData<typeof inner>>, { name: string; categories: Named }[]>>()
  const itself = supabase.from('categories').select('name, parent:parent_id(name)')
  is<Equal<Flat<QueryData<typeof itself>>, { name: string; parent: Named | null }[]>>()
  const computed = supabase.from('orders').select('id, latest_line(qty)')
  is<Equal<Flat<QueryData<typeof computed>>, { id: number; latest_line: { qty: number } | null }[]>>()
  const deep = supabase.from('orders').select('id, order_lines(qty, products(name, categories(name)))')
  type Line = { qty: number; products: { name: string; categories: Named | null } }
  is<Equal<Flat<QueryData<typeof deep>>, { id: number; order_lines: Line[] }[]>>()
  const spread = supabase.from('order_lines').select('qty, ...products(name)')
  is<Equal<Flat<QueryData<typeof spread>>, { qty: number; name: string }[]>>()
  const spreadMany = supabase.from('orders').select('id, ...order_lines(qty)')
  is<Equal<Flat<QueryData<typeof spreadMany>>, { id: number; qty: number[] }[]>>()
}

export async function filters() {
  await supabase
    .from('orders')
    .select('id')
    .eq('status', 'paid')
    .neq('number', 'A-1')
    .gt('total', 1)
    .in('status', ['open', 'paid'])
    .is('note', null)
    .contains('tags', ['a'])
    .overlaps('tags', ['a', 'b'])
    .rangeLt('period', '[2026-01-01,2026-02-01)')
    .textSearch('words', 'tea')
    .or('id.eq.1,note.is.null')
    .order('created_at', { ascending: false })
    .limit(10)
    .range(0, 9)
  // @ts-expect-error no such relation
  supabase.from('payroll')
  // @ts-expect-error no such column
  supabase.from('orders').select('id').eq('nummber', 'x')
  // @ts-expect-error no such label
  supabase.from('orders').select('id').eq('status', 'closed')
  // @ts-expect-error a column that the role may not read
  supabase.from('customers').select('id').eq('secret', 'x')
  // @ts-expect-error no column of it can be read
  supabase.from('inbox').delete().eq('id', 1)
  const { data } = await supabase.from('customers').select('secret').single()
  // @ts-expect-error the row has no such column
  data?.secret.length
}

export async function writing() {
  await supabase.from('orders').insert({ customer_id: 1 })
  await supabase.from('orders').insert([
    { customer_id: 1, meta: { a: [1, null] } },
    { customer_id: 2, tags: ['x'] },
  ])
  const { data } = await supabase.from('orders').insert({ customer_id: 1, status: 'paid' }).select('id').single()
  is<Equal<Flat<typeof data>, { id: number } | null>>()
  await supabase.from('customers').insert({ name: 'x', email: 'y', home: { city: 'Graz', floor: null, street: null } })
  await supabase.from('orders').upsert({ id: 1, customer_id: 1 }, { onConflict: 'id' })
  await supabase
    .from('orders')
    .upsert([{ id: 1, customer_id: 1 }], { ignoreDuplicates: true })
    .select('id')
  await supabase.from('orders').update({ status: 'paid', note: null }).eq('id', 1).select('status')
  await supabase.from('order_lines').delete().eq('order_id', 1).eq('no', 2)
  // @ts-expect-error a column that must be given
  supabase.from('orders').insert({ note: 'x' })
  // @ts-expect-error a generated column
  supabase.from('orders').insert({ customer_id: 1, words: 'x' })
  // @ts-expect-error a generated column
  supabase.from('orders').update({ words: 'x' })
  // @ts-expect-error an identity that is always generated
  supabase.from('customers').insert({ id: 1, name: 'x', email: 'y' })
  // @ts-expect-error a column that the role may not write
  supabase.from('customers').update({ secret: 'x' })
  // @ts-expect-error null where there may be none
  supabase.from('orders').update({ status: null })
  // @ts-expect-error a domain that refuses null
  supabase.from('customers').update({ email: null })
  // @ts-expect-error the role may not insert
  supabase.from('labels').insert({ id: 1, label: 'x' })
  // @ts-expect-error nor anything at all
  supabase.from('labels').insert({})
  // @ts-expect-error nor with upsert
  supabase.from('labels').upsert({ id: 1, label: 'x' })
  // @ts-expect-error the role may not update
  supabase.from('labels').update({ label: 'x' })
  // @ts-expect-error a view that takes no row
  supabase.from('order_totals').insert({ order_id: 1 })
  // @ts-expect-error no such label
  supabase.from('orders').insert({ customer_id: 1, status: 'closed' })

  await visitor.from('inbox').insert({ message: 'x' })
  // @ts-expect-error another role's relation
  visitor.from('orders')
  // @ts-expect-error another role's column
  visitor.from('customers').select('id').eq('email', 'x')
  // @ts-expect-error another role's function
  visitor.rpc('touch', { id: 1 })
  // @ts-expect-error another role's schema
  visitor.schema('archive')
}

export async function functions() {
  const { data: sum } = await supabase.rpc('add', { a: 1, b: 2 })
  is<Equal<typeof sum, number | null>>()
  await supabase.rpc('add', { a: 1 }, { get: true })
  const { data: rows } = await supabase
    .rpc('find_orders', { term: 'tea' })
    .select('id, customers!customer_id(name)')
    .eq('id', 1)
  is<Equal<Flat<typeof rows>, { id: number; customers: { name: string } }[] | null>>()
  const { data: table } = await supabase.rpc('report', { since: 1 })
  is<Equal<Flat<typeof table>, { orders: number | null; status: Status | null }[] | null>>()
  const { data: out } = await supabase.rpc('split', { value: 7 })
  is<Equal<Flat<typeof out>, { half: number | null; rest: number | null } | null>>()
  const { data: half } = await supabase.rpc('split', { value: 7 }).select('half').single()
  is<Equal<typeof half extends { half: number | null } | null ? true : false, true>>()
  const { data: none } = await supabase.rpc('touch', { id: 1 })
  is<Equal<typeof none, null>>()
  const { data: exact } = await supabase.rpc('exact')
  is<Equal<typeof exact, number | null>>()
  const { data: exacts } = await supabase.rpc('exacts', {})
  is<Equal<typeof exacts, number[] | null>>()
  const { data: number } = await supabase.rpc('pick', { a: 1 })
  is<Equal<typeof number, string | null>>()
  const { data: labels } = await supabase.rpc('pick', { b: 'x' })
  is<Equal<Flat<typeof labels>, { id: number; label: string }[] | null>>()
  const { data: one } = await supabase.rpc('order_of', { id: 1 })
  is<Equal<NonNullable<typeof one>['status'], Status | null>>()
  await supabase.rpc('store', { a: 'the body' })
  await supabase.rpc('join_words', { words: ['a', 'b'] })
  // @ts-expect-error no such function
  supabase.rpc('fire_everyone')
  // @ts-expect-error not a number
  supabase.rpc('add', { a: 'x' })
  // @ts-expect-error bytes are no JSON
  supabase.rpc('size_of', {})
}

export function helpers() {
  is<Equal<Tables<'labels'>, { id: number; label: string }>>()
  is<Equal<Tables<'order_totals'>['doubled'], number>>()
  is<Equal<Tables<{ schema: 'archive' }, 'orders'>, { id: number; year: number }>>()
  is<Equal<TablesInsert<'order_labels'>, { order_id: number; label_id: number }>>()
  is<Equal<TablesInsert<'labels'>, never>>()
  is<Equal<TablesUpdate<{ schema: 'archive' }, 'orders'>, { id?: number; year?: number }>>()
  is<Equal<VisitorsInsert<'inbox'>, { message: string }>>()
  is<Equal<Enums<'status'>, Status>>()
  is<Equal<CompositeTypes<'address'>['floor'], number | null>>()
  is<Equal<(typeof Constants.api.Enums.status)[1], 'paid'>>()
  // @ts-expect-error no such relation
  type _None = Tables<'payroll'>
}
