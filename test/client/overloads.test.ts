import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type MadeClient, makeClient } from './made-client.js'

const sql = `
  CREATE FUNCTION api.wide(a int, b int DEFAULT 1, c int DEFAULT 1) RETURNS text RETURN 'wide ' || a + b + c;
  CREATE FUNCTION api.wide(a text, c text) RETURNS text RETURN 'narrow';
  CREATE FUNCTION api.found(a int, b int DEFAULT 1, c int DEFAULT 1) RETURNS TABLE (x int) BEGIN ATOMIC SELECT a + b + c; END;
  CREATE FUNCTION api.later(a int) RETURNS text RETURN 'later';
  CREATE FUNCTION api.found(a text) RETURNS text RETURN a`

let made: MadeClient
beforeAll(async () => {
  made = await makeClient(sql)
})
afterAll(() => made?.[Symbol.asyncDispose]())

test('every part of an overload that no other one answers to is offered, and means it', async () => {
  const wide = made.db.rpc?.wide
  expect(await wide?.({ a: 1 })).toBe('wide 3')
  expect(await wide?.({ a: 1, b: 2 })).toBe('wide 4')
  expect(await wide?.({ a: 1, b: 2, c: 3 })).toBe('wide 6')
  expect(() => wide?.({ a: 1, c: 3 })).toThrow('No overload has the arguments a,c')
  const found = made.db.rpc?.found
  expect(await found?.({ a: 1, b: 2 })).toEqual([{ x: 4 }])
  expect(await found?.({ a: 1, c: 3 }).where({ x: 5 })).toEqual([{ x: 5 }])
  expect(() => found?.({ a: 1 })).toThrow('No overload has the arguments a')
  expect(made.text.match(/^ {2}wide\(/gm)).toHaveLength(2)
  expect(made.text.match(/^ {2}found\(/gm)).toHaveLength(2)
})

test('a function that gets an overload after the client was made: the error says what the server cannot choose from', async () => {
  const later = () => made.db.rpc?.later?.({ a: 1 })
  expect(await later()).toBe('later')
  await made.query(`CREATE FUNCTION api.later(a bigint) RETURNS text RETURN 'other'`)
  await made.query(`NOTIFY pgrst, 'reload schema'`)
  const error = await vi.waitFor(async () => {
    const found = await Promise.resolve(later()).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(found).not.toBeNull()
    return found
  }, 20_000)
  expect(error).toMatchObject({ name: 'ApiError', status: 300, code: 'PGRST203' })
  expect((error as { message: string }).message).toContain('api.later(a => integer)')
  expect((error as { hint: string }).hint).toContain('overload')
})
