// The client that most people have, as npm gives it.
import { PostgrestClient } from '@supabase/postgrest-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival, tokenOf } from './festival.js'

let festival: Festival
let db: PostgrestClient
let url: string
beforeAll(async () => {
  festival = await openFestival({ dbPlanEnabled: true, dbAggregatesEnabled: true })
  url = `http://127.0.0.1:${await festival.server.listen(0, '127.0.0.1')}`
  db = new PostgrestClient(url)
})
afterAll(() => festival?.close())

describe('reading', () => {
  test('select, filters, order, range', async () => {
    const { data, error, status } = await db
      .from('acts')
      .select('id, name')
      .gt('id', 1)
      .order('id', { ascending: false })
      .range(0, 1)
    expect([error, status]).toEqual([null, 200])
    expect(data).toEqual([
      { id: 4, name: '100%_Pure' },
      { id: 3, name: 'Quiet Sisters' },
    ])
  })

  test('embeds', async () => {
    const { data } = await db.from('stages').select('name, acts!inner(id, people(name))').eq('acts.id', 3)
    expect(data).toEqual([{ name: 'Tent', acts: [{ id: 3, people: [{ name: 'Cy' }] }] }])
  })

  test('every kind of filter', async () => {
    const acts = () => db.from('acts').select('id').order('id')
    const found = async (query: PromiseLike<{ data: { id: number }[] | null }>) =>
      (await query).data?.map(({ id }) => id)
    expect(await found(acts().in('name', ['The Loud', 'Quiet Sisters']))).toEqual([1, 3])
    expect(await found(acts().contains('tags', ['folk']))).toEqual([2, 3])
    expect(await found(acts().overlaps('tags', ['rock', 'choir']))).toEqual([1, 3])
    expect(await found(acts().ilike('name', '%LOUD%'))).toEqual([1, 2])
    expect(await found(acts().is('fee', null))).toEqual([4])
    expect(await found(acts().not('fee', 'is', null))).toEqual([1, 2, 3])
    expect(await found(acts().or('id.eq.1,fee.is.null'))).toEqual([1, 4])
    expect(await found(acts().textSearch('words', 'loud & unplugged'))).toEqual([2])
    expect(await found(acts().eq('rider->>water', '3'))).toEqual([2])
    expect(await found(acts().rangeLt('starts', '[2030-06-02,2030-06-03)'))).toEqual([1])
  })

  test('count', async () => {
    const { count, data } = await db.from('acts').select('*', { count: 'exact', head: true })
    expect([count, data]).toEqual([4, null])
  })

  test('single and maybeSingle', async () => {
    expect((await db.from('stages').select('name').eq('id', 1).single()).data).toEqual({ name: 'Main' })
    expect((await db.from('stages').select('name').eq('id', 0).maybeSingle()).data).toBeNull()
    const { error, status } = await db.from('stages').select('name').single()
    expect([status, error?.code]).toEqual([406, 'PGRST116'])
  })

  test('csv and explain', async () => {
    expect((await db.from('stages').select('id,name').eq('id', 1).csv()).data).toBe('id,name\n1,Main')
    expect((await db.from('stages').select().explain()).data).toContain('Seq Scan on stages')
  })

  test('errors', async () => {
    const { error, status } = await db.from('stages').select('nope')
    expect([status, error?.code, error?.message]).toEqual([400, '42703', 'column stages.nope does not exist'])
  })

  test('abort', async () => {
    const abort = new AbortController()
    const answer = db.rpc('slow', { seconds: 30 }).abortSignal(abort.signal)
    setTimeout(() => abort.abort(), 100)
    expect((await answer).error?.message).toContain('abort')
  })

  test('another schema', async () => {
    expect((await db.schema('archive').from('stages').select()).data).toEqual([{ id: 9, name: 'Old oak' }])
  })
})

describe('writing', () => {
  test('insert, update, upsert, delete', async () => {
    const notes = () => db.from('notes')
    expect((await notes().insert({ id: 900, title: 'a' }).select('id, state').single()).data).toEqual({
      id: 900,
      state: 'draft',
    })
    expect(
      (
        await notes().insert([
          { id: 901, title: 'b', size: 1 },
          { id: 902, title: 'c' },
        ])
      ).status,
    ).toBe(201)
    expect((await notes().update({ state: 'done' }).in('id', [900, 901]).select('id').order('id')).data).toEqual([
      { id: 900 },
      { id: 901 },
    ])
    expect((await notes().upsert({ id: 902, title: 'd' }).select('title')).data).toEqual([{ title: 'd' }])
    const ignored = await notes().upsert({ id: 902, title: 'e' }, { ignoreDuplicates: true }).select()
    expect(ignored.data).toEqual([])
    expect((await notes().delete({ count: 'exact' }).gte('id', 900)).count).toBe(3)
  })

  test('duplicates', async () => {
    const { error, status } = await db.from('notes').insert({ id: 1, title: 'again' })
    expect([status, error?.code]).toEqual([409, '23505'])
  })
})

describe('functions', () => {
  test('rpc, by POST and GET, with filters on the result', async () => {
    expect((await db.rpc('add', { a: 1, b: 2 })).data).toBe(3)
    expect((await db.rpc('add', { a: 1, b: 2 }, { get: true })).data).toBe(3)
    expect((await db.rpc('acts_on', { stage: 2 }).select('id, stages(name)').eq('id', 3)).data).toEqual([
      { id: 3, stages: { name: 'Tent' } },
    ])
  })

  test('a token', async () => {
    const headers = { Authorization: `Bearer ${await tokenOf({ role: 'crew', sub: 'x' })}` }
    expect((await new PostgrestClient(url, { headers }).rpc('whoami')).data).toEqual({ role: 'crew', sub: 'x' })
  })
})
