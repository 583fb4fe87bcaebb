import { expect, test } from 'vitest'
import { roleFolders } from './role-folders.js'

test.each([
  ['anon', 'anon'],
  ['Web User', 'Web_User'],
  ['../../etc', '______etc'],
  ['a/b\\c', 'a_b_c'],
  ['con', '_con'],
  ['..', '__'],
  ['пользователь', 'пользователь'],
])('role %j gets the folder %j', (role, folder) => {
  expect(roleFolders([role]).get(role)).toBe(folder)
})

test('two roles never share a folder', () => {
  expect(() => roleFolders(['anon', 'Anon'])).toThrow(/would share the folder/)
  expect(() => roleFolders(['a b', 'a/b'])).toThrow(/would share the folder/)
})
