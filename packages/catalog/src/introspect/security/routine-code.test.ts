import { describe, expect, it } from 'vitest'
import { codeOf, type KnownNames } from './routine-code.js'
import { tokensOf } from './sql-tokens.js'

const known: KnownNames = {
  relations: new Map([
    ['orders', ['api.orders', 'private.orders']],
    ['users', ['private.users']],
  ]),
  routines: new Map([['login', ['api.login']]]),
}
const read = (body: string) => codeOf(body, known, (text) => text === 'published')

describe('tokens', () => {
  it('leaves comments out and takes quotes off', () => {
    const texts = tokensOf(`SELECT "a""b", 'it''s', $x$ body $x$ -- no\n/* nor\nthis */ E'\\'q' || 1`).map(
      ({ text }) => text,
    )
    expect(texts).toEqual(['select', 'a"b', ',', "it's", ',', ' body ', "\\'q", '||', '1'])
  })
})

describe('settings', () => {
  it.each([
    [
      `current_setting('request.jwt.claims', true)::json`,
      { name: 'request.jwt.claims', missingOk: true, asJson: true, nullIfEmpty: false, path: [] },
    ],
    [`current_setting('app.x')`, { name: 'app.x', missingOk: false, asJson: false, nullIfEmpty: false, path: [] }],
    [
      `nullif(current_setting('a.b', true), '')::jsonb`,
      { name: 'a.b', missingOk: true, asJson: true, nullIfEmpty: true, path: [] },
    ],
    [
      `(nullif(current_setting('a.b', true), '')::jsonb -> 'app' ->> 'sub')::uuid`,
      { name: 'a.b', missingOk: true, asJson: true, nullIfEmpty: true, path: ['app', 'sub'] },
    ],
    [`current_setting('a.' || n, true)`, { name: null, missingOk: true, asJson: false, nullIfEmpty: false, path: [] }],
  ])('reads %s', (expression, expected) => {
    expect(read(`SELECT ${expression}`).settingsRead).toEqual([expected])
  })

  it.each([
    [`PERFORM set_config('a.b', v, false);`, [{ name: 'a.b', session: true }]],
    [`PERFORM set_config('a.b', v, true);`, [{ name: 'a.b', session: false }]],
    [`BEGIN SET LOCAL a.b = 1; END`, [{ name: 'a.b', session: false }]],
    [`BEGIN SET SESSION role TO x; END`, [{ name: 'role', session: true }]],
    [`UPDATE t SET a = 1;`, []],
  ])('is written by %s', (body, expected) => {
    expect(read(body).settingsWritten).toEqual(expected)
  })
})

describe('dynamic SQL', () => {
  it.each([
    [`EXECUTE 'SELECT * FROM ' || name;`, true],
    [`EXECUTE format('SELECT * FROM %s', name);`, true],
    [`EXECUTE format('SELECT * FROM %I WHERE a = $1', name) USING v;`, false],
    [`EXECUTE 'SELECT * FROM ' || quote_ident(name);`, false],
    [`EXECUTE 'SELECT 1';`, false],
    [`RETURN a || b;`, false],
  ])('%s', (body, expected) => {
    expect(read(body).dynamicSql).toBe(expected)
  })
})

it('tells secrets, identities and errors', () => {
  expect(read(`SELECT sign(row_to_json(r), 'my own long secret')`).literalSecret).toBe(true)
  expect(read(`SELECT sign(row_to_json(r), current_setting('app.secret'))`).literalSecret).toBe(false)
  expect(read(`SELECT 'published'`).publishedSecret).toBe(true)
  expect(read(`SELECT current_user; RAISE EXCEPTION 'no'`)).toMatchObject({
    identities: ['current_user'],
    raises: true,
  })
})

it('names relations, as written or read, and routines', () => {
  expect(read(`INSERT INTO private.orders SELECT * FROM users`)).toMatchObject({
    relations: ['private.orders', 'private.users'],
    writes: ['private.orders'],
    commands: ['insert'],
  })
  expect(read(`SELECT login(1) FROM orders -- users`)).toMatchObject({
    relations: ['api.orders', 'private.orders'],
    writes: [],
    commands: [],
    calls: ['api.login'],
  })
  expect(codeOf(null, known, () => false).readable).toBe(false)
})
