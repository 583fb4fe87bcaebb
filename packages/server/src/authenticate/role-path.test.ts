import { describe, expect, test } from 'vitest'
import { ConfigError } from '../errors/config-error.js'
import { compileRolePath } from './role-path.js'

const claims = {
  role: 'user',
  'https://example.com/role': { key: 'quoted' },
  realm: {
    roles: ['other', 'author', 'editor'],
    groups: [
      { name: 'a', admin: true },
      { name: 'b', level: 3 },
    ],
  },
}

describe('JSON Path', () => {
  test.each([
    ['$.role', 'user'],
    ['$["role"]', 'user'],
    ["$['https://example.com/role'].key", 'quoted'],
    ['$.realm.roles[1]', 'author'],
    ['$.realm.roles[-1]', 'editor'],
    ['$.realm.roles[1:]', 'author'],
    ['$.realm.roles[::-1]', 'editor'],
    ['$.realm.roles[*]', 'other'],
    ['$.realm.roles[5,2]', 'editor'],
    ['$..name', 'a'],
    ['$.realm.roles[?(@ == "author")]', 'author'],
    ["$.realm.roles[?@ != 'other']", 'author'],
    ['$.realm.roles[?search(@, "^ed")]', 'editor'],
    ['$.realm.roles[?match(@, "a.*r")]', 'author'],
    ['$.realm.groups[?@.level > 2].name', 'b'],
    ['$.realm.groups[?@.admin].name', 'a'],
    ['$.realm.groups[?!@.admin && @.name == "b"].name', 'b'],
    ['$.realm.groups[?@.name == "x" || length(@.name) == 1].name', 'a'],
    ['$.realm.roles[?@ == $.nothing]', undefined],
    ['$.realm.groups[?value(@.name) == "b"].level', 3],
    ['$.realm.groups[?count(@.*) == 2].name', 'a'],
    ['$.__proto__', undefined],
    ['$.missing', undefined],
    ['$.constructor', undefined],
    ['$.realm.roles.length', undefined],
  ])('%s', (path, expected) => {
    expect(compileRolePath(path)(claims)).toEqual(expected)
  })
})

describe('the form before PostgREST 16', () => {
  test.each([
    ['.role', 'user'],
    ['."https://example.com/role".key', 'quoted'],
    ['.realm.roles[1]', 'author'],
    ['.realm.roles[?(@ == "author")]', 'author'],
    ['.realm.roles[?(@ != "other")]', 'author'],
    ['.realm.roles[?(@ ^== "aut")]', 'author'],
    ['.realm.roles[?(@ ==^ "tor")]', 'editor'],
    ['.realm.roles[?(@ *== "uth")]', 'author'],
    ['.role.sub', undefined],
    ['.__proto__', undefined],
  ])('%s', (path, expected) => {
    expect(compileRolePath(path)(claims)).toEqual(expected)
  })
})

test.each([
  'role',
  '',
  '.',
  '$.',
  '$.a[',
  '$.a[?]',
  '.a[?(@ == "b")].c',
  '.a b',
  '$.a b',
  '$.a ',
  '$[01]',
  '$[9007199254740992]',
])('%j is no path', (text) => {
  expect(() => compileRolePath(text)).toThrow(ConfigError)
})

test('claims that are nested too deeply for a path are refused', () => {
  const deep = JSON.parse(`{"a":${'['.repeat(5_000)}1${']'.repeat(5_000)}}`)
  expect(() => compileRolePath('$..nothing')(deep)).toThrow(expect.objectContaining({ code: 'PGRST303' }))
})
