import { pathToFileURL } from 'node:url'
import type { Surface } from '@rolecast/catalog'
import type { EmbeddedPostgres } from '@rolecast/embedded'
import { createServer, type Server } from '@rolecast/server'
import { emitClient } from '@rolecast/templates/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from '../types/build.js'
import { hostileRole, startHostileDatabase } from './hostile-database.js'
import { hostileNames } from './hostile-names.js'

let postgres: EmbeddedPostgres
let server: Server
let surface: Surface
beforeAll(async () => {
  buildRuntime()
  ;({ postgres, surface } = await startHostileDatabase())
  server = await createServer({
    dbUri: postgres.uriOf({ user: 'authenticator' }),
    dbSchemas: ['api'],
    dbAnonRole: hostileRole,
  })
})
afterAll(async () => {
  await server.close()
  await postgres.stop()
})

interface Rows extends PromiseLike<Record<string, unknown>[]> {
  where(filter: object): Rows
  order(column: string): Rows
  embed(embeds: object): Rows
  returning(...columns: string[]): Rows
}
interface Relation {
  select(...columns: string[]): Rows
  insert(row: object): Rows
  update(row: object): Rows
  delete(): Rows
}
type Client = Record<string, Relation> & { rpc: Record<string, (args: object) => PromiseLike<unknown>> }

/** The client as an app has it: emitted, written, imported. */
async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const files = emitClient(surface, { emit: 'js' }).map(({ path, content }) => [path, content] as const)
  const { folder, remove } = project(Object.fromEntries(files))
  try {
    const module: { createClient(options: object): Client } = await import(pathToFileURL(`${folder}/index.js`).href)
    return await work(
      module.createClient({
        url: 'http://test',
        fetch: (input: Request, init: RequestInit) => server.fetch(new Request(input, init)),
      }),
    )
  } finally {
    remove()
  }
}

const own = (name: string, value: unknown) => Object.fromEntries([[name, value]])
const propertyOf = (name: string) => (['rpc', 'with', 'schema'].includes(name) ? `${name}2` : name)

describe('hostile names', { timeout: 120_000 }, () => {
  test('every one of them is on the surface', () => {
    expect(surface.relations.map(({ name }) => name)).toEqual(expect.arrayContaining([...hostileNames]))
    expect(surface.functions.map(({ name }) => name).sort()).toEqual([...hostileNames].sort())
  })

  test('the output holds no character that hides or reorders text, and no comment of a hint', () => {
    for (const emit of ['ts', 'js'] as const) {
      for (const { content } of emitClient(surface, { emit })) {
        expect(content.match(/[^\P{C}\n]|[\u2028\u2029]/u)).toBe(null)
        expect(content).not.toMatch(/^\s*(?:\/\/|\*|\/\*+)\s*@(?!deprecated)/m)
      }
    }
  })

  test('nothing of it runs', async () => {
    await withClient(async () => {})
    expect(globalThis).not.toHaveProperty('canary')
  })

  test('each leads to the right relation and column', async () => {
    await withClient(async (db) => {
      for (const [index, name] of hostileNames.entries()) {
        const relation = db[propertyOf(name)] as Relation
        const value = `value ${index}`
        await relation.insert(own(name, value))
        expect([name, await relation.select(name).where(own(name, value)).order(name)]).toEqual([
          name,
          [own(name, value)],
        ])
        expect(await relation.select().where({ $and: [own(name, [value]), own(name, { neq: '~' })] })).toEqual([
          { ...own(name, value), parent_id: null },
        ])
        const changed = relation
          .update(own(name, `${value}!`))
          .where(own(name, value))
          .returning(name)
        expect(await changed).toEqual([own(name, `${value}!`)])
        await relation.delete().where(own(name, { like: 'value*' }))
      }
    })
  })

  test('each leads to the right column among all of them', async () => {
    await withClient(async (db) => {
      const row = Object.fromEntries(hostileNames.map((name, index) => [name, `value ${index}`]))
      const all = db.everything as Relation
      const [made] = await all.insert(row).returning()
      expect(made).toMatchObject({ ...row, label: null, d: '*/' })
      for (const [index, name] of hostileNames.entries()) {
        expect(await all.select(name).where(own(name, `value ${index}`))).toEqual([own(name, `value ${index}`)])
      }
    })
  })

  test('each label is read, written and filtered', async () => {
    await withClient(async (db) => {
      const all = db.everything as Relation
      for (const label of hostileNames) {
        await all.insert({ label })
        expect(await all.select('label').where({ label })).toEqual([{ label }])
        expect(await all.select('label').where({ $and: [{ label: [label] }] })).toEqual([{ label }])
      }
    })
  })

  test('each function and argument is called', async () => {
    await withClient(async (db) => {
      for (const name of hostileNames) {
        const call = db.rpc[name === 'then' ? 'then2' : name]
        expect(await call?.(own(name, `${name} as a value`))).toBe(`${name} as a value`)
      }
    })
  })

  test('each relation embeds itself, and each name works as a hint', async () => {
    await withClient(async (db) => {
      for (const name of hostileNames) {
        const link = surface.relations.find((relation) => relation.name === name)?.relationships
        expect(link?.length).toBeGreaterThan(0)
        const relation = db[propertyOf(name)] as Relation
        expect(await relation.select(name).embed({ parent: [name] })).toEqual([])
      }
    })
  })
})
