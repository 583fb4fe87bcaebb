import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silent } from '../../generator/src/progress.js'
import { type AppUsage, readUsage } from '../../generator/src/usage/read-usage.js'

const head = `
import type { SupabaseClient } from '@supabase/supabase-js'
import { createClient, type Db } from '../../client/generated/clerk/index.js'
const db = createClient({ url: 'http://app' })
declare const api: SupabaseClient
declare const word: string
declare const loose: (client: any) => void
`

/** A call, and what is said of it; null: it can be told. */
const cases: readonly (readonly [code: string, reason: RegExp | null])[] = [
  ['(db as any).orders.select()', /A client is cast to any/],
  ['const hidden: any = db', /A client is called any/],
  ['loose(db)', /A client is passed as any/],
  ['loose(db.orders.select("id"))', /A client is passed as any/],
  ['db.orders.select(...([] as any[]))', /What select\(\) names/],
  ['db.orders.select("id").where({} as any)', /What where\(\) names/],
  ['db.orders.insert(JSON.parse(word))', /What insert\(\) names/],
  ['api.from(word).select("id")', /The relation cannot be told/],
  ['api.from("orders").select(word)', /What select\(\) names/],
  ['api.from("orders").select("id").eq(word, 1)', /What eq\(\) names/],
  ['api.from("orders").select("id").eq("lines.qty", 1)', /What eq\(\) names/],
  ['api.from("orders").insert(JSON.parse(word))', /What insert\(\) names/],
  ['api.rpc(word)', /The function cannot be told/],
  ['db.orders.select("id")', null],
  ['api.from("orders").select("id, total" as const)', null],
]

let folder: string
let usage: AppUsage
beforeAll(async () => {
  const parent = fileURLToPath(new URL('../.rolecast/', import.meta.url))
  await mkdir(parent, { recursive: true })
  folder = await mkdtemp(join(parent, 'unresolved-'))
  const lines = cases.map(([code], index) => `export function f${index}() { ${code} }`)
  await writeFile(join(folder, 'app.ts'), `${head.trim()}\n${lines.join('\n')}`)
  const tsconfig = {
    extends: '../../../tsconfig.tests.json',
    compilerOptions: { incremental: false },
    include: ['*.ts'],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  usage = readUsage([folder], { supabaseRoles: ['clerk'] }, silent)
})
afterAll(() => rm(folder, { recursive: true }))

test.each(cases.map(([code, reason], index) => ({ code, reason, index })))('$code', ({ reason, index }) => {
  const line = head.trim().split('\n').length + index + 1
  const said = usage.unresolved.filter((one) => one.line === line).map((one) => one.reason)
  expect(said).toEqual(reason === null ? [] : [expect.stringMatching(reason)])
})

test('nothing that such a call could need is taken away', () => {
  const open = usage.uses.filter(({ use }) => use.kind === 'anything')
  expect(open).toHaveLength(usage.unresolved.length)
})
